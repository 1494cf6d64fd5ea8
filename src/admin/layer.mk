noinst_LIBRARIES += libadmin.a
libadmin_a_CPPFLAGS = $(AM_CPPFLAGS) $(NETTLE_CFLAGS)
libadmin_a_SOURCES = \
	src/admin/admin.h \
	src/admin/about.c \
	src/admin/advance.c \
	src/admin/answer.c src/admin/answer.h \
	src/admin/body.c src/admin/body.h \
	src/admin/certificate.c \
	src/admin/clock.c \
	src/admin/conduct.c \
	src/admin/event_report.c src/admin/event_report.h \
	src/admin/events.c \
	src/admin/export_report.c src/admin/export_report.h \
	src/admin/exports.c \
	src/admin/guard.c src/admin/guard.h \
	src/admin/health.c \
	src/admin/limits.c \
	src/admin/metrics.c \
	src/admin/openapi.c src/admin/openapi.h \
	src/admin/plant.c \
	src/admin/query.c src/admin/query.h \
	src/admin/request_query.c src/admin/request_query.h \
	src/admin/request_report.c src/admin/request_report.h \
	src/admin/requests.c \
	src/admin/reset.c \
	src/admin/routes.c src/admin/routes.h \
	src/admin/rows.c \
	src/admin/scenario.c \
	src/admin/state.c src/admin/state.h \
	src/admin/subject.c src/admin/subject.h \
	src/admin/tenants.c \
	src/admin/transitions.c src/admin/transitions.h
EXTRA_DIST += docs/admin.md
nodist_libadmin_a_SOURCES = src/admin/openapi_texts.c
EXTRA_DIST += src/admin/openapi.txt scripts/make-openapi
CLEANFILES += src/admin/openapi_texts.c

src/admin/openapi_texts.c: src/admin/openapi.txt scripts/embed
	@$(MKDIR_P) $(@D)
	@LC_ALL=C; export LC_ALL; $(SHELL) $(srcdir)/scripts/embed admin/openapi.h \
	    'struct openapi_text' openapi_texts '' $(srcdir)/src/admin/openapi.txt > $@.tmp
	@mv $@.tmp $@
