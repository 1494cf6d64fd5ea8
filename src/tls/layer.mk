noinst_LIBRARIES += libtls.a
libtls_a_CPPFLAGS = $(AM_CPPFLAGS) $(GNUTLS_CFLAGS)
libtls_a_SOURCES = \
	src/tls/identity.c src/tls/identity.h \
	src/tls/make.c \
	src/tls/read.c
EXTRA_DIST += docs/tls.md
