check_PROGRAMS += unit_state_tape
TESTS += unit_state_tape
unit_state_tape_SOURCES = tests/unit/state/test_tape.c
unit_state_tape_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_state_tape_LDADD = libstate.a libbase.a $(UNIT_LIBS)
