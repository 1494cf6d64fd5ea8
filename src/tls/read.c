#include <string.h>

#include <gnutls/x509.h>

#include "base/memory.h"
#include "base/strbuf.h"
#include "base/timestamp.h"
#include "base/whole_file.h"
#include "tls/identity.h"

#define CERTIFICATE_OPTION "--tls-cert"
#define KEY_OPTION         "--tls-key"

/* A chain has a few certificates of some kilobytes. */
#define FILE_MAX_MIB     1
#define FILE_USUAL_BYTES ((size_t)1 << 16)

#define KEY_ID_MAX_BYTES 64

struct chain {
    gnutls_x509_crt_t *certificates;
    unsigned count;
};

static void release_chain(struct chain *chain)
{
    for (unsigned i = 0; i < chain->count; i++)
        gnutls_x509_crt_deinit(chain->certificates[i]);
    gnutls_free(chain->certificates);
}

/* Takes room at once, so that a key leaves no copies behind where the buffer grew. */
static enum status read_text(const char *option, const char *path, struct strbuf *out,
                             struct error *err)
{
    struct error inner;
    enum status status;

    strbuf_reserve(out, FILE_USUAL_BYTES);
    status = whole_file_read(path, FILE_MAX_MIB, out, &inner);
    return status == STATUS_OK ? status : error_set(err, status, option, "%s", inner.message);
}

static bool holds(const struct strbuf *text, const char *what)
{
    return strstr(strbuf_text(text), what) != NULL;
}

static enum status refuse_certificate(const char *path, const struct strbuf *text, int result,
                                      struct error *err)
{
    if (holds(text, "-----BEGIN CERTIFICATE-----"))
        return error_set(err, STATUS_MALFORMED, CERTIFICATE_OPTION,
                         "%s has a certificate that cannot be read (%s); look at it with: openssl "
                         "x509 -in %s -noout -text",
                         path, gnutls_strerror(result), path);
    if (holds(text, "PRIVATE KEY-----"))
        return error_set(err, STATUS_MALFORMED, CERTIFICATE_OPTION,
                         "%s has a key and no certificate; give the certificate here and the key "
                         "with --tls-key",
                         path);
    return error_set(err, STATUS_MALFORMED, CERTIFICATE_OPTION,
                     "%s has no PEM certificate; if it is DER, write PEM with: openssl x509 "
                     "-inform DER -in %s -out cert.pem",
                     path, path);
}

static enum status parse_chain(const char *path, const struct strbuf *text, struct chain *out,
                               struct error *err)
{
    const gnutls_datum_t datum = {(unsigned char *)text->data, (unsigned)text->length};
    int result = gnutls_x509_crt_list_import2(&out->certificates, &out->count, &datum,
                                              GNUTLS_X509_FMT_PEM, 0);

    if (result >= 0 && out->count > 0)
        return STATUS_OK;
    *out = (struct chain){0};
    return refuse_certificate(path, text, result, err);
}

static enum status refuse_key(const char *path, const struct strbuf *text, int result,
                              struct error *err)
{
    if (holds(text, "ENCRYPTED"))
        return error_set(err, STATUS_MALFORMED, KEY_OPTION,
                         "%s is encrypted, and nobody is asked for its password; write it without "
                         "one: openssl pkey -in %s -out key.pem",
                         path, path);
    if (holds(text, "PRIVATE KEY-----"))
        return error_set(err, STATUS_MALFORMED, KEY_OPTION,
                         "%s has a key that cannot be read (%s); check it with: openssl pkey -in "
                         "%s -noout -check",
                         path, gnutls_strerror(result), path);
    if (holds(text, "-----BEGIN CERTIFICATE-----"))
        return error_set(err, STATUS_MALFORMED, KEY_OPTION,
                         "%s has a certificate and no key; give the key here and the certificate "
                         "with --tls-cert",
                         path);
    return error_set(err, STATUS_MALFORMED, KEY_OPTION,
                     "%s has no PEM key; if it is DER, write PEM with: openssl pkey -inform DER "
                     "-in %s -out key.pem",
                     path, path);
}

/* The key's public half as a fingerprint. */
static enum status parse_key(const char *path, const struct strbuf *text,
                             unsigned char id[KEY_ID_MAX_BYTES], size_t *id_length,
                             struct error *err)
{
    const gnutls_datum_t datum = {(unsigned char *)text->data, (unsigned)text->length};
    gnutls_x509_privkey_t key;
    int result = gnutls_x509_privkey_init(&key);

    if (result >= 0) {
        result = gnutls_x509_privkey_import2(key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0);
        if (result >= 0)
            result = gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, id, id_length);
        gnutls_x509_privkey_deinit(key);
    }
    return result >= 0 ? STATUS_OK : refuse_key(path, text, result, err);
}

static bool has_key(gnutls_x509_crt_t certificate, const unsigned char *id, size_t id_length)
{
    unsigned char own[KEY_ID_MAX_BYTES];
    size_t length = sizeof own;

    return gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, own, &length) >= 0 &&
           length == id_length && memcmp(own, id, length) == 0;
}

static enum status match_key(const struct tls_files *files, const struct chain *chain,
                             const unsigned char *id, size_t id_length, struct error *err)
{
    if (has_key(chain->certificates[0], id, id_length))
        return STATUS_OK;
    for (unsigned i = 1; i < chain->count; i++) {
        if (has_key(chain->certificates[i], id, id_length))
            return error_set(err, STATUS_INVALID, CERTIFICATE_OPTION,
                             "%s has the certificate of the key as number %u; put it first, and "
                             "those that signed it behind it",
                             files->certificate, i + 1);
    }
    return error_set(err, STATUS_INVALID, KEY_OPTION,
                     "%s does not belong to the certificate in %s; openssl pkey -in KEY -pubout "
                     "and openssl x509 -in CERT -noout -pubkey print the same when they do",
                     files->key, files->certificate);
}

/* Tells what clients will not like. */
static char *warn(const char *path, const struct chain *chain, int64_t now_s)
{
    int64_t from_s = gnutls_x509_crt_get_activation_time(chain->certificates[0]);
    int64_t until_s = gnutls_x509_crt_get_expiration_time(chain->certificates[0]);
    bool is_over = until_s < now_s;
    char date[DATE_LENGTH];
    struct strbuf text = STRBUF_INIT;

    if (!is_over && from_s <= now_s)
        return NULL;
    date_write(date, (int32_t)((is_over ? until_s : from_s) / (MS_PER_DAY / MS_PER_SECOND)));
    strbuf_appendf(&text, "warning: the certificate in %s %s %.*s; clients will refuse it", path,
                   is_over ? "expired on" : "is not valid before", DATE_LENGTH, date);
    return text.data;
}

/* The last of the chain if it signed itself: nobody else can vouch for it. */
static char *write_authority(const struct chain *chain)
{
    gnutls_x509_crt_t last = chain->certificates[chain->count - 1];
    gnutls_datum_t text;
    char *copy;

    if (!gnutls_x509_crt_check_issuer(last, last) ||
        gnutls_x509_crt_export2(last, GNUTLS_X509_FMT_PEM, &text) < 0)
        return NULL;
    copy = memory_copy_text((const char *)text.data, text.size);
    gnutls_free(text.data);
    return copy;
}

static enum status understand(const struct tls_files *files, const struct strbuf *certificate,
                              const struct strbuf *key, int64_t now_s, struct tls_identity *out,
                              struct error *err)
{
    unsigned char id[KEY_ID_MAX_BYTES];
    size_t id_length = sizeof id;
    struct chain chain = {0};
    enum status status = parse_chain(files->certificate, certificate, &chain, err);

    if (status == STATUS_OK)
        status = parse_key(files->key, key, id, &id_length, err);
    if (status == STATUS_OK)
        status = match_key(files, &chain, id, id_length, err);
    if (status == STATUS_OK)
        *out = (struct tls_identity){
            .key = memory_copy_text(key->data, key->length),
            .chain = memory_copy_text(certificate->data, certificate->length),
            .authority = write_authority(&chain),
            .warning = warn(files->certificate, &chain, now_s),
        };
    release_chain(&chain);
    return status;
}

enum status tls_identity_read(const struct tls_files *files, int64_t now_s,
                              struct tls_identity *out, struct error *err)
{
    struct strbuf certificate = STRBUF_INIT, key = STRBUF_INIT;
    enum status status = read_text(CERTIFICATE_OPTION, files->certificate, &certificate, err);

    if (status == STATUS_OK)
        status = read_text(KEY_OPTION, files->key, &key, err);
    if (status == STATUS_OK)
        status = understand(files, &certificate, &key, now_s, out, err);
    if (key.data)
        gnutls_memset(key.data, 0, key.length);
    strbuf_release(&key);
    strbuf_release(&certificate);
    return status;
}
