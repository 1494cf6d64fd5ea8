noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(UUID_CFLAGS)
libbase_a_SOURCES = \
	src/base/memory.c src/base/memory.h \
	src/base/rng.c src/base/rng.h \
	src/base/source.h \
	src/base/status.c src/base/status.h \
	src/base/strbuf.c src/base/strbuf.h \
	src/base/timestamp.c src/base/timestamp.h \
	src/base/uuid.c src/base/uuid.h
