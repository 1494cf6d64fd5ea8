unit_app = unit_dispatch unit_log
check_PROGRAMS += $(unit_app)
TESTS += $(unit_app)
UNIT_APP_LIBS = libapp.a liboptions.a libadmin.a libconsole.a libapi.a libhttp.a libreports.a libstate.a libscenarios.a libjson.a libcontent.a \
	libdata.a libcore.a libcontract.a libbase.a $(UNIT_LIBS)
unit_dispatch_SOURCES = tests/unit/app/test_dispatch.c
unit_dispatch_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_dispatch_LDADD = $(UNIT_APP_LIBS)
unit_log_SOURCES = tests/unit/app/test_log.c
unit_log_CPPFLAGS = $(unit_dispatch_CPPFLAGS)
unit_log_LDADD = $(UNIT_APP_LIBS)
