/*
 * checks: what settings must fulfil together, beyond each value by itself.
 */
#ifndef OPTIONS_CHECKS_H
#define OPTIONS_CHECKS_H

#include "options/settings.h"

/*
 * STATUS_INVALID with one clear line when options contradict one another or one lacks another: an
 * address that others can reach without an admin token, half of a filter, an end before its start,
 * a comparison without its sides.
 */
enum status settings_check(const struct settings *settings, struct error *err) MUST_CHECK;

#endif
