# core/ links without libmicrohttpd and cJSON: that is part of what these prove.
unit_core = unit_clock unit_lifecycle unit_store
check_PROGRAMS += $(unit_core)
TESTS += $(unit_core)
UNIT_CORE_LIBS = libcore.a libcontract.a libbase.a $(CHECK_LIBS) $(UUID_LIBS) -lm
unit_clock_SOURCES = tests/unit/core/test_clock.c
unit_clock_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_clock_LDADD = $(UNIT_CORE_LIBS)
unit_lifecycle_SOURCES = tests/unit/core/test_lifecycle.c
unit_lifecycle_CPPFLAGS = $(unit_clock_CPPFLAGS)
unit_lifecycle_LDADD = $(UNIT_CORE_LIBS)
unit_store_SOURCES = tests/unit/core/test_store.c
unit_store_CPPFLAGS = $(unit_clock_CPPFLAGS)
unit_store_LDADD = $(UNIT_CORE_LIBS)
