noinst_LIBRARIES += libtrial.a
libtrial_a_SOURCES = \
	src/trial/bundle.h \
	src/trial/bundle_read.c \
	src/trial/bundle_write.c \
	src/trial/cell.c src/trial/cell.h \
	src/trial/certify.c src/trial/certify.h \
	src/trial/child.c src/trial/child.h \
	src/trial/collected.c src/trial/collected.h \
	src/trial/crew.c src/trial/crew.h \
	src/trial/ending.c src/trial/ending.h \
	src/trial/environment.c src/trial/environment.h \
	src/trial/expected.c src/trial/expected.h \
	src/trial/folder.c src/trial/folder.h \
	src/trial/matrix.c src/trial/matrix.h \
	src/trial/matrix_json.c \
	src/trial/matrix_junit.c \
	src/trial/matrix_text.c \
	src/trial/output.c src/trial/output.h \
	src/trial/parcel.c src/trial/parcel.h \
	src/trial/replay.c src/trial/replay.h \
	src/trial/reproduce.c src/trial/reproduce.h \
	src/trial/run.c src/trial/run.h \
	src/trial/selection.c src/trial/selection.h \
	src/trial/shell.c src/trial/shell.h \
	src/trial/signals.c src/trial/signals.h \
	src/trial/trial.c src/trial/trial.h \
	src/trial/trust.c src/trial/trust.h \
	src/trial/verdict.c src/trial/verdict.h
EXTRA_DIST += docs/certify.md
