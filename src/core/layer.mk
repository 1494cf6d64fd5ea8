noinst_LIBRARIES += libcore.a
libcore_a_SOURCES = \
	src/core/announce.c src/core/announce.h \
	src/core/clock.c src/core/clock.h \
	src/core/conduct.c src/core/conduct.h \
	src/core/conduct_report.c \
	src/core/conduct_rules.c \
	src/core/conduct_state.c src/core/conduct_state.h \
	src/core/data_choice.c src/core/data_choice.h \
	src/core/delivery.h \
	src/core/events.c src/core/events.h \
	src/core/export.c src/core/export.h \
	src/core/fault.c src/core/fault.h \
	src/core/journal.c src/core/journal.h \
	src/core/lifecycle.c src/core/lifecycle.h \
	src/core/limiter.c src/core/limiter.h \
	src/core/metrics.c src/core/metrics.h \
	src/core/note.c src/core/note.h \
	src/core/observer.h \
	src/core/restore.c src/core/restore.h \
	src/core/scenario.c src/core/scenario.h \
	src/core/scope.c src/core/scope.h \
	src/core/stage.c src/core/stage.h \
	src/core/store.c src/core/store.h \
	src/core/store_clock.c \
	src/core/store_exports.c \
	src/core/store_limits.c \
	src/core/store_observe.c \
	src/core/store_scenarios.c \
	src/core/store_state.h \
	src/core/store_story.c \
	src/core/store_tenants.c \
	src/core/story.c src/core/story.h \
	src/core/tenant.h \
	src/core/watch.c src/core/watch.h
