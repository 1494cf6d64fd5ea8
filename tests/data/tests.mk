# The checkers prove themselves, then look at what the generator makes. dump is how they ask it.
check_PROGRAMS += tests/data/dump
tests_data_dump_SOURCES = tests/data/dump.c
tests_data_dump_LDADD = libdata.a libcontract.a libbase.a $(UUID_LIBS) -lm

data_checks = tests/data/checkers.test tests/data/generated.test tests/data/schemas.test \
	tests/data/windows.test
TESTS += $(data_checks)
EXTRA_DIST += $(data_checks) tests/data/setup.sh schemas scripts/make-schemas
