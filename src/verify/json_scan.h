/*
 * json_scan: finds its way in JSON text without a tree, for rows that may be broken.
 */
#ifndef VERIFY_JSON_SCAN_H
#define VERIFY_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Finds the value of a member of the object that text is: the inside of a string, as it is
 * written, or the text of a number; borrowed from text. False when there is no such member, its
 * value is something else, or the text is broken before its end.
 */
bool json_scan_member(const char *text, size_t length, const char *name, const char **value,
                      size_t *value_length);

/* The first byte from at on that is no white space of JSON; end when there is none. */
const char *json_scan_space(const char *at, const char *end);

/* The closing quote of the string whose inside begins at at; end when there is none. */
const char *json_scan_string(const char *at, const char *end);

#endif
