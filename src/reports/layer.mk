noinst_LIBRARIES += libreports.a
libreports_a_SOURCES = \
	src/reports/conduct_json.c \
	src/reports/conduct_junit.c \
	src/reports/conduct_text.c \
	src/reports/reports.h \
	src/reports/tally.c src/reports/tally.h
EXTRA_DIST += docs/conduct.md
