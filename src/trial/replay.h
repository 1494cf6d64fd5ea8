/*
 * replay: the settings of `run --from BUNDLE`: what the bundle says, under what the command line
 * and the environment say.
 */
#ifndef TRIAL_REPLAY_H
#define TRIAL_REPLAY_H

#include "options/options.h"
#include "trial/bundle.h"

/*
 * Reads the bundle that settings name, and settings anew, on top of it: an option that is given
 * wins, and so do a scenario and a command. settings stay borrowed from bundle, which the caller
 * releases after them. On errors settings are as they were, and bundle is released.
 */
enum status replay_apply(const struct options_input *input, struct settings *settings,
                         struct bundle *bundle, struct error *err) MUST_CHECK;

#endif
