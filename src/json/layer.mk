noinst_LIBRARIES += libjson.a
libjson_a_CPPFLAGS = $(AM_CPPFLAGS) $(CJSON_CFLAGS)
libjson_a_SOURCES = \
	src/json/arena.c src/json/arena.h \
	src/json/comments.c src/json/comments.h \
	src/json/document.c src/json/document.h \
	src/json/mistake.c src/json/mistake.h \
	src/json/reader.c src/json/reader.h \
	src/json/redact.c src/json/redact.h \
	src/json/syntax.c src/json/syntax.h \
	src/json/value.c src/json/value.h \
	src/json/writer.c src/json/writer.h
