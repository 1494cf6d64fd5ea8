/*
 * trust: what a client on trial needs in order to trust a server that made its own certificate:
 * files, and variables that name them.
 */
#ifndef TRIAL_TRUST_H
#define TRIAL_TRUST_H

#include <stddef.h>

#include "base/status.h"
#include "trial/environment.h"

#define TRUST_VARIABLES_MAX 5

/* Zeroed: none is needed. */
struct trust {
    char *folder; /* of the files; owned */
    struct variable variables[TRUST_VARIABLES_MAX];
    char *paths[TRUST_VARIABLES_MAX]; /* their values; owned */
    size_t count;
};

/*
 * Writes authority (PEM; NULL: nothing is to be done) to a file that EXPORTS_MOCK_CA_FILE names,
 * and a file for each variable by which clients are told whom to trust: of OpenSSL (and with it
 * Python, Ruby and others; Go has the same), curl, Python's requests and Node. These hold what the
 * variable named before or, where it was not set and takes the place of what the machine trusts,
 * that; so that a client trusts nobody less than before. STATUS_IO when a file cannot be written.
 */
enum status trust_make(struct trust *out, const char *authority, struct error *err) MUST_CHECK;

/* Removes the files. */
void trust_release(struct trust *trust);

#endif
