noinst_LIBRARIES += libcontract.a
libcontract_a_SOURCES = \
	src/contract/demo.c src/contract/demo.h \
	src/contract/enterprise.h \
	src/contract/entity.c src/contract/entity.h \
	src/contract/limits.h \
	src/contract/messages.c src/contract/messages.h \
	src/contract/rate.h \
	src/contract/revision.c src/contract/revision.h
EXTRA_DIST += contract
