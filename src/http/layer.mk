noinst_LIBRARIES += libhttp.a
libhttp_a_CPPFLAGS = $(AM_CPPFLAGS) $(ZLIB_CFLAGS)
libhttp_a_SOURCES = \
	src/http/accept.c src/http/accept.h \
	src/http/conditional.c src/http/conditional.h \
	src/http/date.c src/http/date.h \
	src/http/file_reply.c src/http/file_reply.h \
	src/http/gzip.c src/http/gzip.h \
	src/http/range.c src/http/range.h \
	src/http/request.c src/http/request.h \
	src/http/response.c src/http/response.h
