/*
 * status: how an operation went, and an error a person can act on.
 *
 * A function that can fail returns an enum status and, where a caller may have to explain the
 * failure, fills a struct error passed by its caller. Outputs are written only on STATUS_OK.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdbool.h>

enum status {
    STATUS_OK = 0,
    STATUS_INVALID,   /* the input is wrong; error.field names the place */
    STATUS_MALFORMED, /* the input cannot be read at all (syntax, type) */
    STATUS_NOT_FOUND, /* the named thing does not exist */
    STATUS_CONFLICT,  /* the thing exists, but in a state that forbids the operation */
    STATUS_DENIED,    /* credentials missing or wrong */
    STATUS_LIMIT,     /* a limit would be exceeded */
    STATUS_IO         /* the operating system refused; message carries its reason */
};

#define MUST_CHECK           __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, va) __attribute__((format(printf, fmt, va)))

/* An error by value; no ownership. field is a dotted path ("Filters.UpdatedUtc.EndUtc") or "". */
struct error {
    enum status status;
    char field[96];
    char message[320];
};

/*
 * Fills err (may be NULL) and returns status, so that `return error_set(...)` reads well.
 * field may be NULL. A message that is too long is cut at a UTF-8 character's end.
 */
enum status error_set(struct error *err, enum status status, const char *field, const char *fmt,
                      ...) PRINTF_LIKE(4, 5);

#endif
