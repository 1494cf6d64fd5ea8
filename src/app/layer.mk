noinst_LIBRARIES += libapp.a
libapp_a_CPPFLAGS = $(AM_CPPFLAGS) -DVERSION='"$(PACKAGE_VERSION)"'
libapp_a_SOURCES = \
	src/app/app.c src/app/app.h \
	src/app/generate.c src/app/generate.h \
	src/app/generate_folder.c src/app/generate_folder.h \
	src/app/generate_progress.c src/app/generate_progress.h \
	src/app/host.c src/app/host.h \
	src/app/judge.c src/app/judge.h \
	src/app/kept.c src/app/kept.h \
	src/app/log.c src/app/log.h \
	src/app/record.c src/app/record.h \
	src/app/scenarios.c src/app/scenarios.h \
	src/app/secure.c src/app/secure.h \
	src/app/sent.h \
	src/app/serve.c src/app/serve.h \
	src/app/tell.c src/app/tell.h \
	src/app/tokens.c src/app/tokens.h \
	src/app/verify_command.c src/app/verify_command.h
