# The parts of server/ that need neither sockets nor libmicrohttpd.
unit_server = unit_due unit_pace
check_PROGRAMS += $(unit_server)
TESTS += $(unit_server)
UNIT_SERVER_LIBS = libserver.a libbase.a $(UNIT_LIBS)
unit_due_SOURCES = tests/unit/server/test_due.c
unit_due_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_due_LDADD = $(UNIT_SERVER_LIBS)
unit_pace_SOURCES = tests/unit/server/test_pace.c
unit_pace_CPPFLAGS = $(unit_due_CPPFLAGS)
unit_pace_LDADD = $(UNIT_SERVER_LIBS)
