noinst_LIBRARIES += libserver.a
libserver_a_CPPFLAGS = $(AM_CPPFLAGS) $(MICROHTTPD_CFLAGS) $(GNUTLS_CFLAGS)
libserver_a_SOURCES = \
	src/server/body.c src/server/body.h \
	src/server/cut.c src/server/cut.h \
	src/server/deliver.c src/server/deliver.h \
	src/server/due.c src/server/due.h \
	src/server/ending.c src/server/ending.h \
	src/server/exchange.c src/server/exchange.h \
	src/server/handshake.c src/server/handshake.h \
	src/server/hold.c src/server/hold.h \
	src/server/listen.c src/server/listen.h \
	src/server/loop.c src/server/loop.h \
	src/server/pace.c src/server/pace.h \
	src/server/receive.c src/server/receive.h \
	src/server/reply.c src/server/reply.h \
	src/server/screen.c src/server/screen.h \
	src/server/server.c src/server/server.h \
	src/server/state.h \
	src/server/stream.c src/server/stream.h \
	src/server/target.c src/server/target.h
