noinst_LIBRARIES += libverify.a
libverify_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) $(ZLIB_CFLAGS) \
	-DLIBCURL_SONAME='"$(LIBCURL_SONAME)"'
libverify_a_SOURCES = \
	src/verify/details.c src/verify/details.h \
	src/verify/digest.c src/verify/digest.h \
	src/verify/disk.c src/verify/disk.h \
	src/verify/downloads.c src/verify/downloads.h \
	src/verify/files.c src/verify/files.h \
	src/verify/findings.c src/verify/findings.h \
	src/verify/gunzip.c src/verify/gunzip.h \
	src/verify/holders.c src/verify/holders.h \
	src/verify/json_scan.c src/verify/json_scan.h \
	src/verify/libcurl.c src/verify/libcurl.h \
	src/verify/match.c src/verify/match.h \
	src/verify/meaning.c \
	src/verify/remote.c src/verify/remote.h \
	src/verify/report.h \
	src/verify/report_json.c \
	src/verify/report_text.c \
	src/verify/spill.c src/verify/spill.h \
	src/verify/splitter.c src/verify/splitter.h \
	src/verify/sums.h \
	src/verify/verify.c src/verify/verify.h
EXTRA_DIST += docs/verify.md
