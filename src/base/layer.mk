noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(UUID_CFLAGS)
libbase_a_SOURCES = \
	src/base/address.c src/base/address.h \
	src/base/choice.c src/base/choice.h \
	src/base/decimal.c src/base/decimal.h \
	src/base/duration.c src/base/duration.h \
	src/base/escape.c src/base/escape.h \
	src/base/excerpt.c src/base/excerpt.h \
	src/base/hex.h \
	src/base/memory.c src/base/memory.h \
	src/base/nearest.c src/base/nearest.h \
	src/base/parse.c src/base/parse.h \
	src/base/parse_duration.c \
	src/base/parse_timestamp.c \
	src/base/rng.c src/base/rng.h \
	src/base/source.h \
	src/base/status.c src/base/status.h \
	src/base/strbuf.c src/base/strbuf.h \
	src/base/timestamp.c src/base/timestamp.h \
	src/base/token_hint.c src/base/token_hint.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/uuid.c src/base/uuid.h \
	src/base/whole_file.c src/base/whole_file.h \
	src/base/xml.c src/base/xml.h
