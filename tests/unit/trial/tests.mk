unit_trial = unit_verdict unit_child unit_matrix unit_bundle
check_PROGRAMS += $(unit_trial)
TESTS += $(unit_trial)
UNIT_TRIAL_LIBS = libtrial.a libapp.a libserver.a libtls.a liboptions.a libverify.a libadmin.a libconsole.a libapi.a libhttp.a \
	libreports.a libstate.a libscenarios.a libjson.a libcontent.a libdata.a libcore.a libcontract.a libbase.a \
	$(MICROHTTPD_LIBS) $(GNUTLS_LIBS) $(CURL_LIBS) $(UNIT_LIBS)
unit_verdict_SOURCES = tests/unit/trial/test_verdict.c
unit_verdict_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
unit_verdict_LDADD = $(UNIT_TRIAL_LIBS)
unit_child_SOURCES = tests/unit/trial/test_child.c
unit_child_CPPFLAGS = $(unit_verdict_CPPFLAGS)
unit_child_LDADD = $(UNIT_TRIAL_LIBS)
unit_matrix_SOURCES = tests/unit/trial/test_matrix.c
unit_matrix_CPPFLAGS = $(unit_verdict_CPPFLAGS)
unit_matrix_LDADD = $(UNIT_TRIAL_LIBS)
unit_bundle_SOURCES = tests/unit/trial/test_bundle.c
unit_bundle_CPPFLAGS = $(unit_verdict_CPPFLAGS)
unit_bundle_LDADD = $(UNIT_TRIAL_LIBS)
