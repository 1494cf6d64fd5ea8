bin_PROGRAMS += exports-mock
exports_mock_SOURCES = src/main.c
exports_mock_LDADD = libtrial.a libapp.a libserver.a libtls.a liboptions.a libverify.a libadmin.a libconsole.a libapi.a libhttp.a libreports.a libstate.a libscenarios.a libjson.a \
	libcontent.a libdata.a libcore.a libcontract.a libbase.a \
	$(MICROHTTPD_LIBS) $(CJSON_LIBS) $(NETTLE_LIBS) $(GNUTLS_LIBS) $(ZLIB_LIBS) $(UUID_LIBS) $(DL_LIBS) -lm
