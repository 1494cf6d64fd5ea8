/* Readers of where to listen and what to tell. */
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "base/excerpt.h"
#include "base/memory.h"
#include "options/value.h"
#include "options/values.h"

#define TOKEN_MAX_BYTES 512
#define URL_MAX_BYTES   1024

enum status read_port(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    uint64_t port;
    enum status status = value_number(option, text, 0, UINT16_MAX, &port, err);

    if (status == STATUS_OK)
        settings->port = (uint16_t)port;
    return status;
}

enum status read_bind(const struct option *option, const char *text, struct settings *settings,
                      struct error *err)
{
    struct sockaddr_storage address;
    socklen_t length;

    (void)option;
    if (!address_read(text, 0, &address, &length))
        return error_set(err, STATUS_INVALID, NULL,
                         "%s is not an address: write for example 127.0.0.1, 0.0.0.0 or ::1",
                         excerpt(text, strlen(text)).text);
    settings->bind_address = text;
    return STATUS_OK;
}

enum status read_ready_file(const struct option *option, const char *text,
                            struct settings *settings, struct error *err)
{
    (void)option;
    (void)err;
    settings->ready_file = text;
    return STATUS_OK;
}

enum status read_tls_cert(const struct option *option, const char *text, struct settings *settings,
                          struct error *err)
{
    (void)option;
    (void)err;
    settings->tls_certificate_file = text;
    return STATUS_OK;
}

enum status read_tls_key(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    (void)option;
    (void)err;
    settings->tls_key_file = text;
    return STATUS_OK;
}

enum status read_ca_file(const struct option *option, const char *text, struct settings *settings,
                         struct error *err)
{
    (void)option;
    (void)err;
    settings->ca_file = text;
    return STATUS_OK;
}

void turn_on_tls_self_signed(struct settings *settings)
{
    settings->tls_is_self_signed = true;
}

/* True when every byte can be seen: no blanks, no control characters, ASCII only. */
static bool is_visible(const char *text)
{
    for (; *text; text++) {
        if (*text <= ' ' || *text > '~')
            return false;
    }
    return true;
}

/* True for host, host:port, address:port, [IPv6]:port; a port is a number. */
static bool is_authority(const char *text, size_t length)
{
    const char *bracket = memchr(text, ']', length);
    const char *host_end = text[0] == '[' ? bracket ? bracket + 1 : text : text;
    size_t digits;

    if (text[0] != '[')
        host_end += strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 ".-_");
    if (host_end == text || (size_t)(host_end - text) > length)
        return false;
    if ((size_t)(host_end - text) == length)
        return true;
    digits = strspn(host_end + 1, "0123456789");
    return *host_end == ':' && digits > 0 && digits <= 5 &&
           (size_t)(host_end - text) + 1 + digits == length;
}

/* What is wrong with a base URL; NULL when nothing is. *authority is where the host begins. */
static const char *fault_of_url(const char *text)
{
    const char *authority = strncmp(text, "http://", 7) == 0    ? text + 7
                            : strncmp(text, "https://", 8) == 0 ? text + 8
                                                                : NULL;

    if (!authority)
        return "not an http or https URL";
    if (strlen(text) > URL_MAX_BYTES)
        return "too long a URL";
    if (!is_visible(text) || strpbrk(text, "\"<>\\^`{|}"))
        return "not a URL, because of a character that must be percent-encoded";
    if (strpbrk(text, "?#"))
        return "a URL with a query or fragment, which links cannot go after";
    if (!is_authority(authority, strcspn(authority, "/")))
        return "a URL without a plain HOST or HOST:PORT";
    return NULL;
}

/* A copy of a base URL without a slash at its end, in place of *out. */
static enum status read_base_url(const struct option *option, const char *text, char **out,
                                 struct error *err)
{
    const char *fault = fault_of_url(text);
    size_t length = strlen(text);

    if (fault)
        return value_refuse(option, text, fault, err);
    while (text[length - 1] == '/')
        length--;
    free(*out);
    *out = memory_copy_text(text, length);
    return STATUS_OK;
}

enum status read_public_url(const struct option *option, const char *text,
                            struct settings *settings, struct error *err)
{
    return read_base_url(option, text, &settings->public_url, err);
}

enum status read_url(const struct option *option, const char *text, struct settings *settings,
                     struct error *err)
{
    return read_base_url(option, text, &settings->url, err);
}

/* The text is not repeated: it may be a secret that was only mistyped. */
enum status read_admin_token(const struct option *option, const char *text,
                             struct settings *settings, struct error *err)
{
    if (!is_visible(text))
        return error_set(err, STATUS_INVALID, NULL,
                         "the token has a blank, a control character or a letter beyond ASCII: "
                         "write for example %s",
                         value_example(option));
    if (strlen(text) > TOKEN_MAX_BYTES)
        return error_set(err, STATUS_INVALID, NULL, "the token is longer than %d bytes",
                         TOKEN_MAX_BYTES);
    settings->network_is_trusted = strcmp(text, "none") == 0;
    settings->admin_token = settings->network_is_trusted ? NULL : text;
    return STATUS_OK;
}

enum status read_log(const struct option *option, const char *text, struct settings *settings,
                     struct error *err)
{
    unsigned choice;
    enum status status = value_choice(option, text, &choice, err);

    if (status == STATUS_OK)
        settings->log_format = (enum log_format)choice;
    return status;
}

void turn_on_verbose(struct settings *settings)
{
    settings->verbosity = 1;
}

void turn_on_quiet(struct settings *settings)
{
    settings->verbosity = -1;
}
