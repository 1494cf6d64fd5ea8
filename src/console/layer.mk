noinst_LIBRARIES += libconsole.a
libconsole_a_SOURCES = \
	src/console/console.c src/console/console.h
nodist_libconsole_a_SOURCES = src/console/console_files.c
EXTRA_DIST += src/console/page docs/console.md docs/images
CLEANFILES += src/console/console_files.c

# Like the built-in scenarios: a new file of the page is a new file in page/ and nothing else.
src/console/console_files.c: always-look
	@$(MKDIR_P) $(@D)
	@LC_ALL=C; export LC_ALL; \
	$(SHELL) $(srcdir)/scripts/embed console/console.h 'struct console_file' console_files '' \
	    $$(ls $(srcdir)/src/console/page | sort | sed 's|^|$(srcdir)/src/console/page/|') > $@.tmp
	@if cmp -s $@.tmp $@; then rm -f $@.tmp; else mv $@.tmp $@; fi
