#include "app/secure.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/timestamp.h"

#define NAMES_MAX 5

struct names {
    const char *names[NAMES_MAX];
    size_t count;
};

/* A name that is there already is not added again. */
static void add(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcasecmp(names->names[i], name) == 0)
            return;
    }
    names->names[names->count++] = name;
}

/* No address that a client could ask for: all of them are listened on. */
static bool is_wildcard(const char *address)
{
    return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0 ||
           strcmp(address, "[::]") == 0;
}

/* The host of a base URL, which was checked; NULL when there is none. Caller frees. */
static char *copy_host(const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    size_t length;

    if (!host)
        return NULL;
    host += strlen("://");
    length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
    return memory_copy_text(host, length);
}

static enum status make(const struct settings *settings, int64_t now_s, struct tls_identity *out,
                        struct error *err)
{
    struct names names = {{"localhost", "127.0.0.1", "::1"}, 3};
    char *public_host = copy_host(settings->public_url);
    enum status status;

    if (!is_wildcard(settings->bind_address))
        add(&names, settings->bind_address);
    if (public_host)
        add(&names, public_host);
    status = tls_identity_make(names.names, names.count, now_s, out, err);
    free(public_host);
    return status;
}

enum status secure_identity(const struct settings *settings, int64_t wall_ms,
                            struct tls_identity *out, struct error *err)
{
    const struct tls_files files = {settings->tls_certificate_file, settings->tls_key_file};
    int64_t now_s = wall_ms / MS_PER_SECOND;

    *out = (struct tls_identity){0};
    if (settings->tls_is_self_signed)
        return make(settings, now_s, out, err);
    return files.certificate ? tls_identity_read(&files, now_s, out, err) : STATUS_OK;
}
