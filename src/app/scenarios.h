/*
 * scenarios: the command that shows the built-in scenarios and checks one's own.
 */
#ifndef APP_SCENARIOS_H
#define APP_SCENARIOS_H

#include "base/status.h"
#include "base/strbuf.h"
#include "options/settings.h"

/*
 * Does what the operands say (see settings_check()): appends to out what is to be printed. list: a
 * line for each, its name and the first sentence of its description. show: the file as it is.
 * check: "FILE: OK". Errors are those of scenario_load(), one line each.
 */
enum status scenarios_command(const struct settings *settings, struct strbuf *out,
                              struct error *err) MUST_CHECK;

#endif
