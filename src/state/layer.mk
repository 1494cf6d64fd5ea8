noinst_LIBRARIES += libstate.a
libstate_a_SOURCES = \
	src/state/header.c src/state/header.h \
	src/state/inner.h \
	src/state/log.c src/state/log.h \
	src/state/numbered.c src/state/numbered.h \
	src/state/pending.c src/state/pending.h \
	src/state/restore_export.c src/state/restore_export.h \
	src/state/restore_parts.c src/state/restore_parts.h \
	src/state/restorer.c src/state/restorer.h \
	src/state/scribe.c src/state/scribe.h \
	src/state/state.c src/state/state.h \
	src/state/state_load.c \
	src/state/state_write.c \
	src/state/tape.c src/state/tape.h
EXTRA_DIST += docs/state.md
