noinst_LIBRARIES += libcontract.a
libcontract_a_SOURCES = \
	src/contract/enterprise.h \
	src/contract/entity.c src/contract/entity.h
EXTRA_DIST += contract
