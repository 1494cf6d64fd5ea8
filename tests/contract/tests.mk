check_PROGRAMS += tests/contract/print_tables
tests_contract_print_tables_SOURCES = tests/contract/print_tables.c
tests_contract_print_tables_LDADD = libjson.a libcontract.a libbase.a $(UNIT_LIBS)
TESTS += tests/contract/tables.test
EXTRA_DIST += tests/contract/tables.test tests/contract/compare.py
