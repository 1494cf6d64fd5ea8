#include "admin/guard.h"

#include <string.h>
#include <strings.h>

#include <nettle/memops.h>
#include <nettle/sha2.h>

#include "admin/answer.h"
#include "base/address.h"
#include "base/excerpt.h"

/* Longest host that is looked at: a name has 253 characters at most. */
#define HOST_CAPACITY 256

static void digest_of(const char *text, uint8_t digest[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx sha;

    sha256_init(&sha);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, SHA256_DIGEST_SIZE, digest);
}

/* Digests are compared, so that time tells neither the token's length nor where a guess is off. */
static bool is_same_secret(const char *given, const char *secret)
{
    uint8_t given_digest[SHA256_DIGEST_SIZE], secret_digest[SHA256_DIGEST_SIZE];

    digest_of(given, given_digest);
    digest_of(secret, secret_digest);
    return memeql_sec(given_digest, secret_digest, SHA256_DIGEST_SIZE) != 0;
}

/* What the Authorization field bears, or NULL. */
static const char *find_bearer(const struct http_request *request)
{
    const char *field = http_request_header(request, "Authorization");

    if (!field || strncasecmp(field, "Bearer ", 7) != 0)
        return NULL;
    field += 7;
    return field + strspn(field, " ");
}

static bool admit_token(const struct admin_call *call)
{
    const char *bearer = find_bearer(call->request);
    struct error err;

    if (bearer && is_same_secret(bearer, call->admin->config.token))
        return true;
    error_set(&err, STATUS_DENIED, "Authorization",
              "%s; this server was started with --admin-token: send \"Authorization: Bearer T\" "
              "with that token",
              bearer ? "the token is another one" : "no bearer token was sent");
    http_response_header(call->response, "WWW-Authenticate", "Bearer");
    admin_refuse_as(call, 401, &err);
    return false;
}

/* Copies the host of "host", "host:port" or "[address]:port"; false when it is none of them. */
static bool read_host(const char *authority, char host[HOST_CAPACITY])
{
    size_t length = strcspn(authority, authority[0] == '[' ? "]" : ":");

    if (authority[0] == '[' && authority[length] == ']')
        length++;
    if (length == 0 || length >= HOST_CAPACITY)
        return false;
    memcpy(host, authority, length);
    host[length] = '\0';
    authority += length;
    if (*authority == ':')
        authority += 1 + strspn(authority + 1, "0123456789");
    return *authority == '\0';
}

/* True when the bind address is meant; one of IPv6 has brackets in a Host and none when bound. */
static bool is_bind_address(const char *bind_address, const char *host)
{
    size_t length = strlen(host);

    if (!bind_address)
        return false;
    if (host[0] == '[' && bind_address[0] != '[')
        return strlen(bind_address) + 2 == length &&
               strncasecmp(bind_address, host + 1, length - 2) == 0;
    return strcasecmp(bind_address, host) == 0;
}

static bool is_own_authority(const struct admin_config *config, const char *authority)
{
    struct sockaddr_storage address;
    socklen_t address_length;
    char host[HOST_CAPACITY];

    if (!read_host(authority, host))
        return false;
    if (strcasecmp(host, "localhost") == 0 || is_bind_address(config->bind_address, host))
        return true;
    return address_read(host, 0, &address, &address_length) &&
           address_is_loopback((const struct sockaddr *)&address);
}

/* An Origin is a scheme and an authority, or "null" of a page that hides where it is from. */
static bool is_own_origin(const struct admin_config *config, const char *origin)
{
    if (strncasecmp(origin, "http://", 7) == 0)
        return is_own_authority(config, origin + 7);
    if (strncasecmp(origin, "https://", 8) == 0)
        return is_own_authority(config, origin + 8);
    return false;
}

static bool refuse_foreign(const struct admin_call *call, const char *field, const char *value)
{
    struct error err;

    error_set(&err, STATUS_DENIED, field,
              "%s is not this machine; without --admin-token the admin API answers localhost, "
              "127.0.0.1 and [::1] only. Start the server with --admin-token T, or with "
              "--admin-token none if its network is to be trusted",
              excerpt(value, strlen(value)).text);
    admin_refuse_as(call, 403, &err);
    return false;
}

static bool admit_site(const struct admin_call *call)
{
    const struct admin_config *config = &call->admin->config;
    const char *host = http_request_header(call->request, "Host");
    const char *origin = http_request_header(call->request, "Origin");

    if (host && !is_own_authority(config, host))
        return refuse_foreign(call, "Host", host);
    if (origin && !is_own_origin(config, origin))
        return refuse_foreign(call, "Origin", origin);
    return true;
}

bool guard_admits(const struct admin_call *call, bool is_open)
{
    const struct admin_config *config = &call->admin->config;

    if (config->token)
        return is_open || admit_token(call);
    return config->network_is_trusted || admit_site(call);
}
