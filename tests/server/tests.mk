# The server layer over raw sockets; server_fixture is the program that is asked.
check_PROGRAMS += server_fixture
server_fixture_SOURCES = tests/server/server_fixture.c
server_fixture_LDADD = libserver.a libhttp.a libbase.a $(MICROHTTPD_LIBS) $(GNUTLS_LIBS) $(ZLIB_LIBS) $(UUID_LIBS)

TESTS += tests/server/server_test.py tests/server/delivery_test.py
EXTRA_DIST += tests/server/delivery_test.py tests/server/harness.py tests/server/server_test.py
