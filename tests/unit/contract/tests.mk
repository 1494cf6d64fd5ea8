check_PROGRAMS += unit_contract
TESTS += unit_contract
unit_contract_SOURCES = tests/unit/contract/test_contract.c
unit_contract_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_contract_LDADD = libcontract.a libbase.a $(UNIT_LIBS)
