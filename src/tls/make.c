#include <stdio.h>
#include <string.h>

#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <netinet/in.h>

#include "base/address.h"
#include "base/memory.h"
#include "tls/identity.h"

#define SECONDS_PER_DAY INT64_C(86400)

/* Clocks of clients may be behind. */
#define VALID_BEFORE_DAYS 1

/* Browsers take no more than 398. */
#define VALID_DAYS 397

#define SERIAL_BYTES 16
#define KEY_ID_BYTES 20

/* One of the two: the authority or what it signs. */
struct pair {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
};

static void release_pair(struct pair *pair)
{
    if (pair->certificate)
        gnutls_x509_crt_deinit(pair->certificate);
    if (pair->key)
        gnutls_x509_privkey_deinit(pair->key);
}

/* Every number is another one, because browsers refuse two certificates that share it. */
static int set_serial(gnutls_x509_crt_t certificate, char name[2 * SERIAL_BYTES + 1])
{
    unsigned char serial[SERIAL_BYTES];
    int result = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);

    serial[0] = (serial[0] & 0x7f) | 0x40; /* positive, and never shorter */
    for (size_t i = 0; i < sizeof serial; i++)
        snprintf(name + 2 * i, 3, "%02x", serial[i]);
    return result < 0 ? result : gnutls_x509_crt_set_serial(certificate, serial, sizeof serial);
}

/* What names the owner; the number keeps the authorities of two starts apart. */
static int set_name(gnutls_x509_crt_t certificate, const char *what, const char *number)
{
    char name[64];
    int length = snprintf(name, sizeof name, "exports-mock %s %.8s", what, number);

    return gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                         (unsigned)length);
}

static int set_key_id(gnutls_x509_crt_t certificate)
{
    unsigned char id[KEY_ID_BYTES];
    size_t length = sizeof id;
    int result = gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA1, id, &length);

    return result < 0 ? result : gnutls_x509_crt_set_subject_key_id(certificate, id, length);
}

/* A key, and what both certificates have in common. */
static int make_pair(struct pair *pair, const char *what, int64_t now_s)
{
    int64_t from_s = now_s - VALID_BEFORE_DAYS * SECONDS_PER_DAY;
    unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
    char number[2 * SERIAL_BYTES + 1];
    int result;

    if ((result = gnutls_x509_privkey_init(&pair->key)) < 0 ||
        (result = gnutls_x509_privkey_generate(pair->key, GNUTLS_PK_ECDSA, bits, 0)) < 0 ||
        (result = gnutls_x509_crt_init(&pair->certificate)) < 0 ||
        (result = gnutls_x509_crt_set_version(pair->certificate, 3)) < 0 ||
        (result = set_serial(pair->certificate, number)) < 0 ||
        (result = set_name(pair->certificate, what, number)) < 0 ||
        (result = gnutls_x509_crt_set_activation_time(pair->certificate, from_s)) < 0 ||
        (result = gnutls_x509_crt_set_expiration_time(pair->certificate,
                                                      from_s + VALID_DAYS * SECONDS_PER_DAY)) < 0 ||
        (result = gnutls_x509_crt_set_key(pair->certificate, pair->key)) < 0)
        return result;
    return set_key_id(pair->certificate);
}

static int sign(const struct pair *pair, const struct pair *authority)
{
    return gnutls_x509_crt_sign2(pair->certificate, authority->certificate, authority->key,
                                 GNUTLS_DIG_SHA256, 0);
}

static int make_authority(struct pair *authority, int64_t now_s)
{
    int result = make_pair(authority, "authority", now_s);

    if (result < 0 ||
        (result = gnutls_x509_crt_set_basic_constraints(authority->certificate, 1, 0)) < 0 ||
        (result = gnutls_x509_crt_set_key_usage(authority->certificate, GNUTLS_KEY_KEY_CERT_SIGN)) <
            0)
        return result;
    return sign(authority, authority);
}

static int add_name(gnutls_x509_crt_t certificate, const char *name)
{
    struct sockaddr_storage address;
    socklen_t length;
    gnutls_x509_subject_alt_name_t kind = GNUTLS_SAN_IPADDRESS;
    const void *bytes;
    unsigned count;

    if (strcasecmp(name, "localhost") == 0 || !address_read(name, 0, &address, &length)) {
        kind = GNUTLS_SAN_DNSNAME;
        bytes = name;
        count = (unsigned)strlen(name);
    } else if (address.ss_family == AF_INET6) {
        bytes = &((const struct sockaddr_in6 *)&address)->sin6_addr;
        count = sizeof(struct in6_addr);
    } else {
        bytes = &((const struct sockaddr_in *)&address)->sin_addr;
        count = sizeof(struct in_addr);
    }
    return gnutls_x509_crt_set_subject_alt_name(certificate, kind, bytes, count,
                                                GNUTLS_FSAN_APPEND);
}

static int name_authority(gnutls_x509_crt_t certificate, gnutls_x509_crt_t authority)
{
    unsigned char id[KEY_ID_BYTES];
    size_t length = sizeof id;
    int result = gnutls_x509_crt_get_subject_key_id(authority, id, &length, NULL);

    return result < 0 ? result : gnutls_x509_crt_set_authority_key_id(certificate, id, length);
}

static int make_certificate(struct pair *pair, const struct pair *authority,
                            const char *const *names, size_t count, int64_t now_s)
{
    int result = make_pair(pair, "server", now_s);

    for (size_t i = 0; i < count && result >= 0; i++)
        result = add_name(pair->certificate, names[i]);
    if (result < 0 ||
        (result = gnutls_x509_crt_set_basic_constraints(pair->certificate, 0, -1)) < 0 ||
        (result = gnutls_x509_crt_set_key_usage(pair->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE)) <
            0 ||
        (result = gnutls_x509_crt_set_key_purpose_oid(pair->certificate, GNUTLS_KP_TLS_WWW_SERVER,
                                                      0)) < 0 ||
        (result = name_authority(pair->certificate, authority->certificate)) < 0)
        return result;
    return sign(pair, authority);
}

/* A copy of what the library made; its own is overwritten, because it may be a key. */
static char *take_text(gnutls_datum_t *datum)
{
    char *text = memory_copy_text((const char *)datum->data, datum->size);

    gnutls_memset(datum->data, 0, datum->size);
    gnutls_free(datum->data);
    return text;
}

static int write_certificate(gnutls_x509_crt_t certificate, char **out)
{
    gnutls_datum_t text;
    int result = gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text);

    if (result >= 0)
        *out = take_text(&text);
    return result;
}

static int write_key(gnutls_x509_privkey_t key, char **out)
{
    gnutls_datum_t text;
    int result =
        gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &text);

    if (result >= 0)
        *out = take_text(&text);
    return result;
}

enum status tls_identity_make(const char *const *names, size_t count, int64_t now_s,
                              struct tls_identity *out, struct error *err)
{
    struct pair authority = {0}, server = {0};
    struct tls_identity made = {0};
    int result;

    if ((result = make_authority(&authority, now_s)) >= 0 &&
        (result = make_certificate(&server, &authority, names, count, now_s)) >= 0 &&
        (result = write_certificate(authority.certificate, &made.authority)) >= 0 &&
        (result = write_certificate(server.certificate, &made.chain)) >= 0)
        result = write_key(server.key, &made.key);
    release_pair(&server);
    release_pair(&authority);
    if (result < 0) {
        tls_identity_release(&made);
        return error_set(err, STATUS_IO, "--tls-self-signed", "cannot make a certificate: %s",
                         gnutls_strerror(result));
    }
    *out = made;
    return STATUS_OK;
}
