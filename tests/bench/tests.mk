# `make bench` prints figures as Markdown; no part of the suite, and built for it alone.
bench_programs = tests/bench/bench_rows tests/bench/discard tests/bench/floor
EXTRA_PROGRAMS += $(bench_programs)
tests_bench_bench_rows_SOURCES = tests/bench/bench_rows.c
tests_bench_bench_rows_LDADD = libdata.a libcontract.a libbase.a $(UUID_LIBS) -lm
tests_bench_discard_SOURCES = tests/bench/discard.c
tests_bench_floor_SOURCES = tests/bench/floor.c
tests_bench_floor_LDADD = $(MICROHTTPD_LIBS)

bench: exports-mock $(bench_programs)
	PYTHON='$(PYTHON)' $(srcdir)/scripts/bench .
.PHONY: bench

EXTRA_DIST += \
	docs/performance.md \
	scripts/bench \
	tests/bench/calls.py \
	tests/bench/downloads.py \
	tests/bench/footprint.py \
	tests/bench/generation.py \
	tests/bench/holding.py \
	tests/bench/lab.py \
	tests/bench/report.py \
	tests/bench/rows.py \
	tests/bench/tls.py
