unit_app = unit_dispatch
check_PROGRAMS += $(unit_app)
TESTS += $(unit_app)
unit_dispatch_SOURCES = tests/unit/app/test_dispatch.c
unit_dispatch_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_dispatch_LDADD = libapp.a liboptions.a libadmin.a libapi.a libhttp.a libjson.a libcontent.a \
	libdata.a libcore.a libcontract.a libbase.a $(UNIT_LIBS)
