/*
 * identity: the certificate that a server shows its clients, and the key that belongs to it: read
 * from files, or made for one run.
 */
#ifndef TLS_IDENTITY_H
#define TLS_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* All texts are PEM and owned. Zeroed: none, so that plain HTTP is spoken. */
struct tls_identity {
    char *key;
    char *chain;     /* the server's certificate first */
    char *authority; /* what a client has to trust; NULL: somebody that it knows by itself */
    char *warning;   /* what clients will not like about it, one line; NULL: nothing */
};

/* Which files; borrowed. */
struct tls_files {
    const char *certificate;
    const char *key;
};

/*
 * Reads a certificate with its chain and an unencrypted key, both PEM, and makes sure that they
 * belong together. now_s is the wall clock, for the warning about one that is out of date.
 * authority is set when the chain ends in a certificate that signed itself. STATUS_IO,
 * STATUS_MALFORMED or STATUS_INVALID; the field is the option that the file came by, and the
 * message says what to do.
 */
enum status tls_identity_read(const struct tls_files *files, int64_t now_s,
                              struct tls_identity *out, struct error *err) MUST_CHECK;

/*
 * Makes a key (ECDSA on P-256) and a certificate for these names and numeric addresses ("[::1]"
 * with or without brackets; count at least 1), good from a day before now_s for 397 days. It is
 * signed by an authority that is made for it and whose key is thrown away, so that a client that
 * trusts the authority trusts nothing but this. STATUS_IO when the library fails.
 */
enum status tls_identity_make(const char *const *names, size_t count, int64_t now_s,
                              struct tls_identity *out, struct error *err) MUST_CHECK;

/* Frees the texts; the key is overwritten. */
void tls_identity_release(struct tls_identity *identity);

/* The same for the key alone, once the server has it. */
void tls_identity_forget_key(struct tls_identity *identity);

#endif
