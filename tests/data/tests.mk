# The checkers prove themselves, then look at what the generator makes. dump is how they ask it.
check_PROGRAMS += tests/data/dump
tests_data_dump_SOURCES = tests/data/dump.c
tests_data_dump_LDADD = libdata.a libcontract.a libbase.a $(UUID_LIBS) -lm

data_checks = tests/data/checkers.test tests/data/generated.test tests/data/schemas.test \
	tests/data/windows.test
TESTS += $(data_checks)
EXTRA_DIST += $(data_checks) tests/data/setup.sh schemas scripts/make-schemas

# How fast rows are made: `make tests/bench/bench_rows`, no part of the suite.
EXTRA_PROGRAMS += tests/bench/bench_rows
tests_bench_bench_rows_SOURCES = tests/bench/bench_rows.c
tests_bench_bench_rows_LDADD = $(tests_data_dump_LDADD)
