unit_admin = unit_admin_access unit_admin_advance unit_admin_clock unit_admin_exports \
	unit_admin_requests unit_admin_scenario
check_PROGRAMS += $(unit_admin)
TESTS += $(unit_admin)
UNIT_ADMIN_RIG = tests/unit/admin/rig.c tests/unit/admin/rig.h
UNIT_ADMIN_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS) -I$(srcdir)/tests/unit/admin
UNIT_ADMIN_LIBS = libadmin.a libapi.a libhttp.a libreports.a libscenarios.a libjson.a libcontent.a libdata.a libcore.a \
	libcontract.a libbase.a $(UNIT_LIBS)
unit_admin_access_SOURCES = tests/unit/admin/test_access.c $(UNIT_ADMIN_RIG)
unit_admin_access_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_access_LDADD = $(UNIT_ADMIN_LIBS)
unit_admin_advance_SOURCES = tests/unit/admin/test_advance.c $(UNIT_ADMIN_RIG)
unit_admin_advance_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_advance_LDADD = $(UNIT_ADMIN_LIBS)
unit_admin_clock_SOURCES = tests/unit/admin/test_clock.c $(UNIT_ADMIN_RIG)
unit_admin_clock_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_clock_LDADD = $(UNIT_ADMIN_LIBS)
unit_admin_exports_SOURCES = tests/unit/admin/test_exports.c $(UNIT_ADMIN_RIG)
unit_admin_exports_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_exports_LDADD = $(UNIT_ADMIN_LIBS)
unit_admin_scenario_SOURCES = tests/unit/admin/test_scenario.c $(UNIT_ADMIN_RIG)
unit_admin_scenario_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_scenario_LDADD = $(UNIT_ADMIN_LIBS)
unit_admin_requests_SOURCES = tests/unit/admin/test_requests.c $(UNIT_ADMIN_RIG)
unit_admin_requests_CPPFLAGS = $(UNIT_ADMIN_CPPFLAGS)
unit_admin_requests_LDADD = $(UNIT_ADMIN_LIBS)
