noinst_LIBRARIES += libtrial.a
libtrial_a_SOURCES = \
	src/trial/child.c src/trial/child.h \
	src/trial/collected.c src/trial/collected.h \
	src/trial/ending.c src/trial/ending.h \
	src/trial/environment.c src/trial/environment.h \
	src/trial/folder.c src/trial/folder.h \
	src/trial/output.c src/trial/output.h \
	src/trial/run.c src/trial/run.h \
	src/trial/signals.c src/trial/signals.h \
	src/trial/trial.c src/trial/trial.h \
	src/trial/verdict.c src/trial/verdict.h
