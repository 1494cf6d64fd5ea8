#include "api/link.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <nettle/memops.h>

#include "api/link_style.h"
#include "base/hex.h"
#include "base/timestamp.h"

#define PATH_PREFIX "/exports/"
#define PATH_SUFFIX ".jsonl"

void link_signer_init(struct link_signer *signer, enum storage_kind kind, uint64_t seed)
{
    uint8_t key[] = "exports-mock file link \0\0\0\0\0\0\0";
    size_t end = sizeof key;

    for (int i = 0; i < 8; i++, seed >>= 8)
        key[--end] = (uint8_t)seed;
    signer->kind = kind;
    signer->length = 0;
    hmac_sha256_set_key(&signer->keyed, sizeof key, key);
}

static uint8_t *put_big_endian(uint8_t *out, uint64_t value, int bytes)
{
    for (int i = bytes; i-- > 0; value >>= 8)
        out[i] = (uint8_t)value;
    return out + bytes;
}

/* The message fits one block of SHA-256, so that a signature costs two compressions. */
static void sign(const struct link_signer *signer, const struct link *link,
                 uint8_t mac[LINK_SIGNATURE_SIZE])
{
    struct hmac_sha256_ctx state = signer->keyed;
    bool carries_from = link_style_of(signer->kind)->carries_from;
    uint8_t message[1 + 4 + sizeof link->export_id.bytes + 8 + 8 + 8], *at = message;

    *at++ = (uint8_t)signer->kind;
    at = put_big_endian(at, link->file, 4);
    memcpy(at, link->export_id.bytes, sizeof link->export_id.bytes);
    at += sizeof link->export_id.bytes;
    at = put_big_endian(at, carries_from ? (uint64_t)link->from_ms : 0, 8);
    at = put_big_endian(at, (uint64_t)link->until_ms, 8);
    put_big_endian(at, link->serial, 8);
    hmac_sha256_update(&state, sizeof message, message);
    hmac_sha256_digest(&state, LINK_SIGNATURE_SIZE, mac);
}

static struct link_value *serial_of(const struct link_style *style, struct link_value *values)
{
    return &values[style->count - 1];
}

/* All parameter values of a link but the signature's; the needless ones are left empty. */
static void write_values(const struct link_style *style, const struct link *link,
                         struct link_value values[LINK_PARAMETERS_MAX])
{
    struct link_value *serial = serial_of(style, values);

    for (unsigned i = 0; i < style->count; i++)
        values[i].length = 0;
    style->write(values, link->from_ms, link->until_ms);
    if (link->serial)
        serial->length =
            (size_t)snprintf(serial->text, sizeof serial->text, "%" PRIu64, link->serial);
}

/* All parameter values of a link; the needless ones are left empty. */
static void make_values(const struct link_signer *signer, const struct link *link,
                        struct link_value values[LINK_PARAMETERS_MAX])
{
    const struct link_style *style = link_style_of(signer->kind);
    uint8_t mac[LINK_SIGNATURE_SIZE];

    write_values(style, link, values);
    sign(signer, link, mac);
    style->write_signature(&values[style->signature], mac);
}

static char *put_text(char *out, const char *text)
{
    size_t length = strlen(text);

    memcpy(out, text, length);
    return out + length;
}

/* Characters that need no escape in a query (RFC 3986, unreserved): a bit for each. */
static const uint32_t unreserved[8] = {
    [1] = UINT32_C(0x03ff6000), [2] = UINT32_C(0x87fffffe), [3] = UINT32_C(0x47fffffe)};

static char *put_encoded(char *out, const struct link_value *value)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < value->length; i++) {
        unsigned char c = (unsigned char)value->text[i];

        if (unreserved[c >> 5] >> (c & 31) & 1) {
            *out++ = (char)c;
        } else {
            *out++ = '%';
            *out++ = hex[c >> 4];
            *out++ = hex[c & 15];
        }
    }
    return out;
}

/* Makes the query for the link's instants and keeps it. */
static void keep_query(struct link_signer *signer, const struct link *link)
{
    const struct link_style *style = link_style_of(signer->kind);
    struct link_value values[LINK_PARAMETERS_MAX];
    char *at = signer->query;

    write_values(style, link, values);
    for (unsigned i = 0; i < style->count; i++) {
        if (!values[i].length && i != style->signature)
            continue;
        *at++ = i == 0 ? '?' : '&';
        at = put_text(at, style->names[i]);
        *at++ = '=';
        at = put_encoded(at, &values[i]);
        if (i == style->signature)
            signer->before_length = (size_t)(at - signer->query);
    }
    signer->length = (size_t)(at - signer->query);
    signer->from_ms = link->from_ms;
    signer->until_ms = link->until_ms;
    signer->serial = link->serial;
}

static void append_path(struct strbuf *out, const struct link *link)
{
    char id[UUID_LENGTH];

    uuid_write(id, &link->export_id);
    strbuf_append(out, PATH_PREFIX, sizeof PATH_PREFIX - 1);
    strbuf_append(out, id, sizeof id);
    strbuf_append_char(out, '-');
    strbuf_append_i64(out, link->file);
    strbuf_append(out, PATH_SUFFIX, sizeof PATH_SUFFIX - 1);
}

void link_write(struct strbuf *out, struct link_signer *signer, const struct link *link)
{
    uint8_t mac[LINK_SIGNATURE_SIZE];
    struct link_value signature;
    char encoded[3 * LINK_VALUE_MAX];

    if (!signer->length || signer->from_ms != link->from_ms || signer->until_ms != link->until_ms ||
        signer->serial != link->serial)
        keep_query(signer, link);
    sign(signer, link, mac);
    link_style_of(signer->kind)->write_signature(&signature, mac);
    append_path(out, link);
    strbuf_append(out, signer->query, signer->before_length);
    strbuf_append(out, encoded, (size_t)(put_encoded(encoded, &signature) - encoded));
    strbuf_append(out, signer->query + signer->before_length,
                  signer->length - signer->before_length);
}

/* Decodes as web servers do ('+' is a space). False when it is too long or an escape is broken. */
static bool decode_value(const char *text, size_t length, struct link_value *out)
{
    out->length = 0;
    for (size_t i = 0; i < length; i++) {
        int byte = text[i] == '+' ? ' ' : text[i];

        if (byte == '%') {
            byte = hex_read(text + i + 1, length - i - 1, 2);
            if (byte < 0)
                return false;
            i += 2;
        }
        if (out->length == LINK_VALUE_MAX)
            return false;
        out->text[out->length++] = (char)byte;
    }
    return true;
}

/* The index of a parameter's name; count when the style does not know it. */
static unsigned find_name(const struct link_style *style, const char *name, size_t length)
{
    for (unsigned i = 0; i < style->count; i++) {
        if (strlen(style->names[i]) == length && memcmp(style->names[i], name, length) == 0)
            return i;
    }
    return style->count;
}

/* Reads one "name=value" into values and marks it in *seen. */
static enum link_verdict read_parameter(const struct link_style *style, const char *text,
                                        size_t length, struct link_value *values, unsigned *seen)
{
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals ? (size_t)(equals - text) : length;
    unsigned i = find_name(style, text, name_length);
    const char *value = text + name_length + (equals != NULL);

    if (i == style->count)
        return LINK_OK;
    if (*seen & 1u << i)
        return LINK_WRONG_SIGNATURE;
    *seen |= 1u << i;
    if (decode_value(value, (size_t)(text + length - value), &values[i]))
        return LINK_OK;
    return i == style->signature ? LINK_WRONG_SIGNATURE : LINK_MALFORMED;
}

/* Reads every parameter of the style; the first one that is not well decides the verdict. */
static enum link_verdict read_query(const struct link_style *style, const char *query,
                                    struct link_value *values, unsigned *seen)
{
    enum link_verdict verdict = LINK_OK;
    unsigned needed = (1u << style->optional_from) - 1;

    for (unsigned i = 0; i < style->count; i++)
        values[i].length = 0;
    *seen = 0;
    while (*query) {
        size_t length = strcspn(query, "&");
        enum link_verdict one = read_parameter(style, query, length, values, seen);

        if (verdict == LINK_OK)
            verdict = one;
        query += length + (query[length] == '&');
    }
    if (!(*seen & 1u << style->signature))
        return LINK_MISSING;
    if (verdict == LINK_OK && (*seen & needed) != needed)
        return LINK_MALFORMED;
    return verdict;
}

/* Reads a serial, which may be absent; that it is written as it should is checked elsewhere. */
static bool read_serial(const struct link_value *value, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < value->length; i++) {
        char c = value->text[i];

        if (c < '0' || c > '9' || *out > LINK_SERIAL_MAX / 10)
            return false;
        *out = *out * 10 + (uint64_t)(c - '0');
    }
    return true;
}

static bool is_writable(int64_t at_ms)
{
    return at_ms >= TIMESTAMP_MIN_MS && at_ms <= TIMESTAMP_MAX_MS;
}

/* True when what was sent is, parameter for parameter, what this signer would write. */
static bool values_agree(const struct link_style *style, const struct link_value *sent,
                         unsigned seen, const struct link_value *right)
{
    bool agree = true;

    for (unsigned i = 0; i < style->count; i++) {
        bool is_there = (seen & 1u << i) != 0;

        agree &= is_there == (right[i].length > 0) && sent[i].length == right[i].length &&
                 memeql_sec(sent[i].text, right[i].text, right[i].length);
    }
    return agree;
}

enum link_verdict link_check(const struct link_signer *signer, const struct uuid *export_id,
                             uint32_t file, const char *query, int64_t now_ms, struct link *read)
{
    const struct link_style *style = link_style_of(signer->kind);
    struct link_value sent[LINK_PARAMETERS_MAX], right[LINK_PARAMETERS_MAX];
    struct link link = {.export_id = *export_id, .file = file};
    unsigned seen;
    enum link_verdict verdict = read_query(style, query, sent, &seen);

    if (verdict != LINK_OK)
        return verdict;
    if (!style->read(sent, &link.from_ms, &link.until_ms) || !is_writable(link.from_ms) ||
        !is_writable(link.until_ms) || !read_serial(serial_of(style, sent), &link.serial))
        return LINK_MALFORMED;
    make_values(signer, &link, right);
    if (!values_agree(style, sent, seen, right))
        return LINK_WRONG_SIGNATURE;
    *read = link;
    return now_ms < link.until_ms ? LINK_OK : LINK_OUTDATED;
}

/* Reads all of text as a file number. */
static bool read_file_number(const char *text, size_t length, uint32_t *out)
{
    uint64_t value = 0;

    if (length < 1 || length > 10 || text[0] == '0')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    if (value > UINT32_MAX)
        return false;
    *out = (uint32_t)value;
    return true;
}

bool link_path_read(const char *path, struct uuid *export_id, uint32_t *file)
{
    const size_t prefix = sizeof PATH_PREFIX - 1, suffix = sizeof PATH_SUFFIX - 1;
    const size_t fixed = prefix + UUID_LENGTH + 1;
    size_t length = strlen(path);
    struct uuid id;

    if (length <= fixed + suffix || memcmp(path, PATH_PREFIX, prefix) != 0 ||
        memcmp(path + length - suffix, PATH_SUFFIX, suffix) != 0 || path[fixed - 1] != '-' ||
        strcspn(path + prefix, "ABCDEF") < UUID_LENGTH ||
        !uuid_read(path + prefix, UUID_LENGTH, &id) ||
        !read_file_number(path + fixed, length - suffix - fixed, file))
        return false;
    *export_id = id;
    return true;
}
