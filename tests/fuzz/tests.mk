# The corpus of every fuzz target is replayed in the plain suite; scripts/fuzz builds with libFuzzer.
# A target has a file fuzz_NAME.c, a folder corpus/NAME, a program here, and a line in both lists.
FUZZ_MAIN = tests/fuzz/replay.c tests/fuzz/fuzz.h
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/fuzz
FUZZ_BUNDLE_LIBS = libtrial.a liboptions.a libapi.a libhttp.a libscenarios.a libjson.a libdata.a \
	libcore.a libcontract.a libbase.a $(UNIT_LIBS)
FUZZ_JSON_LIBS = libjson.a libbase.a $(UNIT_LIBS)
FUZZ_LINK_LIBS = libapi.a libhttp.a libbase.a $(UNIT_LIBS)
FUZZ_PARSE_LIBS = libbase.a $(UNIT_LIBS)
FUZZ_RANGE_LIBS = libhttp.a libbase.a $(UNIT_LIBS)
FUZZ_SCENARIO_LIBS = libscenarios.a libjson.a libdata.a libcore.a libcontract.a libbase.a $(UNIT_LIBS)
FUZZ_STATE_LIBS = libstate.a libscenarios.a libjson.a libcontent.a libdata.a libcore.a \
	libcontract.a libbase.a $(UNIT_LIBS)

check_PROGRAMS += replay_bundle replay_json replay_link replay_parse replay_range replay_scenario \
	replay_state
TESTS += tests/fuzz/replay.test
EXTRA_DIST += tests/fuzz/replay.test scripts/fuzz
replay_bundle_SOURCES = tests/fuzz/fuzz_bundle.c $(FUZZ_MAIN)
replay_bundle_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_bundle_LDADD = $(FUZZ_BUNDLE_LIBS)
replay_json_SOURCES = tests/fuzz/fuzz_json.c $(FUZZ_MAIN)
replay_json_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_json_LDADD = $(FUZZ_JSON_LIBS)
replay_link_SOURCES = tests/fuzz/fuzz_link.c $(FUZZ_MAIN)
replay_link_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_link_LDADD = $(FUZZ_LINK_LIBS)
replay_parse_SOURCES = tests/fuzz/fuzz_parse.c $(FUZZ_MAIN)
replay_parse_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_parse_LDADD = $(FUZZ_PARSE_LIBS)
replay_range_SOURCES = tests/fuzz/fuzz_range.c $(FUZZ_MAIN)
replay_range_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_range_LDADD = $(FUZZ_RANGE_LIBS)
replay_scenario_SOURCES = tests/fuzz/fuzz_scenario.c $(FUZZ_MAIN)
replay_scenario_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_scenario_LDADD = $(FUZZ_SCENARIO_LIBS)
replay_state_SOURCES = tests/fuzz/fuzz_state.c $(FUZZ_MAIN)
replay_state_CPPFLAGS = $(FUZZ_CPPFLAGS)
replay_state_LDADD = $(FUZZ_STATE_LIBS)

# Built on request only: make fuzz, in a build that was configured with --enable-fuzzing.
if FUZZING
fuzz_targets = fuzz_bundle fuzz_json fuzz_link fuzz_parse fuzz_range fuzz_scenario fuzz_state
EXTRA_PROGRAMS += $(fuzz_targets)
fuzz: $(fuzz_targets)
fuzz_bundle_SOURCES = tests/fuzz/fuzz_bundle.c tests/fuzz/fuzz.h
fuzz_bundle_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_bundle_LDADD = $(FUZZ_BUNDLE_LIBS)
fuzz_bundle_LDFLAGS = -fsanitize=fuzzer
fuzz_json_SOURCES = tests/fuzz/fuzz_json.c tests/fuzz/fuzz.h
fuzz_json_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_json_LDADD = $(FUZZ_JSON_LIBS)
fuzz_json_LDFLAGS = -fsanitize=fuzzer
fuzz_link_SOURCES = tests/fuzz/fuzz_link.c tests/fuzz/fuzz.h
fuzz_link_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_link_LDADD = $(FUZZ_LINK_LIBS)
fuzz_link_LDFLAGS = -fsanitize=fuzzer
fuzz_parse_SOURCES = tests/fuzz/fuzz_parse.c tests/fuzz/fuzz.h
fuzz_parse_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_parse_LDADD = $(FUZZ_PARSE_LIBS)
fuzz_parse_LDFLAGS = -fsanitize=fuzzer
fuzz_range_SOURCES = tests/fuzz/fuzz_range.c tests/fuzz/fuzz.h
fuzz_range_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_range_LDADD = $(FUZZ_RANGE_LIBS)
fuzz_range_LDFLAGS = -fsanitize=fuzzer
fuzz_scenario_SOURCES = tests/fuzz/fuzz_scenario.c tests/fuzz/fuzz.h
fuzz_scenario_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_scenario_LDADD = $(FUZZ_SCENARIO_LIBS)
fuzz_scenario_LDFLAGS = -fsanitize=fuzzer
fuzz_state_SOURCES = tests/fuzz/fuzz_state.c tests/fuzz/fuzz.h
fuzz_state_CPPFLAGS = $(FUZZ_CPPFLAGS)
fuzz_state_LDADD = $(FUZZ_STATE_LIBS)
fuzz_state_LDFLAGS = -fsanitize=fuzzer
endif
.PHONY: fuzz
