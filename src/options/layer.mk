noinst_LIBRARIES += liboptions.a
liboptions_a_CPPFLAGS = $(AM_CPPFLAGS) -DVERSION='"$(VERSION)"'
liboptions_a_SOURCES = \
	src/options/arguments.c src/options/arguments.h \
	src/options/checks.c src/options/checks.h \
	src/options/completion.h \
	src/options/completion_bash.c \
	src/options/completion_fish.c \
	src/options/completion_words.c src/options/completion_words.h \
	src/options/completion_zsh.c \
	src/options/help.c src/options/help.h \
	src/options/manual.c src/options/manual.h \
	src/options/markdown.c src/options/markdown.h \
	src/options/option.c src/options/option.h \
	src/options/options.c src/options/options.h \
	src/options/settings.h \
	src/options/table.c \
	src/options/value.c src/options/value.h \
	src/options/values.h \
	src/options/values_api.c \
	src/options/values_data.c \
	src/options/values_generate.c \
	src/options/values_server.c \
	src/options/values_time.c \
	src/options/values_trial.c \
	src/options/values_verify.c

# The man page and the completion scripts are made from the option table.
noinst_PROGRAMS += options-print
options_print_SOURCES = src/options/print.c
options_print_LDADD = liboptions.a libscenarios.a libjson.a libdata.a libcore.a libcontract.a libbase.a \
	$(CJSON_LIBS) $(UUID_LIBS) -lm

nodist_man_MANS = exports-mock.1
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = completion/bash/exports-mock
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = completion/zsh/_exports-mock
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = completion/fish/exports-mock.fish
CLEANFILES += $(nodist_man_MANS) $(nodist_bashcompletion_DATA) $(nodist_zshcompletion_DATA) \
	$(nodist_fishcompletion_DATA)

exports-mock.1: options-print$(EXEEXT)
	$(AM_V_GEN)./options-print$(EXEEXT) man > $@.tmp && mv $@.tmp $@

$(nodist_bashcompletion_DATA) $(nodist_zshcompletion_DATA) $(nodist_fishcompletion_DATA): options-print$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && ./options-print$(EXEEXT) $$(basename $(@D)) > $@.tmp && mv $@.tmp $@
