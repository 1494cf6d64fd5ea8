# The corpus of every fuzz target is replayed in the plain suite; scripts/fuzz builds with libFuzzer.
check_PROGRAMS += replay_link replay_range
replay_link_SOURCES = tests/fuzz/fuzz_link.c tests/fuzz/replay.c tests/fuzz/fuzz.h
replay_link_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/fuzz
replay_link_LDADD = libapi.a libhttp.a libbase.a $(UNIT_LIBS)
replay_range_SOURCES = tests/fuzz/fuzz_range.c tests/fuzz/replay.c tests/fuzz/fuzz.h
replay_range_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/fuzz
replay_range_LDADD = libhttp.a libbase.a $(UNIT_LIBS)
