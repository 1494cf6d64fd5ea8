noinst_LIBRARIES += libscenarios.a
libscenarios_a_SOURCES = \
	src/scenarios/builtin.c src/scenarios/builtin.h \
	src/scenarios/load.c src/scenarios/load.h \
	src/scenarios/member.c src/scenarios/member.h \
	src/scenarios/parts.h \
	src/scenarios/read.c src/scenarios/read.h \
	src/scenarios/read_data.c \
	src/scenarios/read_fault.c \
	src/scenarios/read_fault_effect.c \
	src/scenarios/read_lifecycle.c \
	src/scenarios/write.c src/scenarios/write.h \
	src/scenarios/write_fault.c \
	src/scenarios/write_parts.c
nodist_libscenarios_a_SOURCES = src/scenarios/builtin_files.c
EXTRA_DIST += src/scenarios/builtin docs/scenarios.md scripts/embed
CLEANFILES += src/scenarios/builtin_files.c

# Made anew whenever it would differ: a new scenario is a new file in builtin/ and nothing else. In
# the order of the names, which is not that of the files: '-' comes before '.'.
src/scenarios/builtin_files.c: always-look
	@$(MKDIR_P) $(@D)
	@LC_ALL=C; export LC_ALL; folder=$(srcdir)/src/scenarios/builtin; \
	$(SHELL) $(srcdir)/scripts/embed scenarios/builtin.h 'struct builtin' builtin_files .jsonc \
	    $$(ls $$folder | sed -n 's/\.jsonc$$//p' | sort | sed "s|.*|$$folder/&.jsonc|") > $@.tmp
	@if cmp -s $@.tmp $@; then rm -f $@.tmp; else mv $@.tmp $@; fi

.PHONY: always-look
