/*
 * choice: one of a few words.
 */
#ifndef BASE_CHOICE_H
#define BASE_CHOICE_H

#include <stddef.h>

#include "base/status.h"

/*
 * Which of count words the text of length bytes is, from 0. Else STATUS_INVALID: the message
 * quotes the text, names the words and the one that was probably meant; field is "".
 */
enum status choice_read(const char *text, size_t length, const char *const *words, size_t count,
                        unsigned *out, struct error *err) MUST_CHECK;

#endif
