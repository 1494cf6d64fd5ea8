#include "trial/trust.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "trial/folder.h"

/* What a machine trusts has some hundred kilobytes. */
#define BUNDLE_MAX_BYTES ((size_t)16 << 20)

static const struct {
    const char *name;
    bool replaces; /* what the machine trusts; else it is added to that */
} foreign[] = {
    {"SSL_CERT_FILE", true},
    {"CURL_CA_BUNDLE", true},
    {"REQUESTS_CA_BUNDLE", true},
    {"NODE_EXTRA_CA_CERTS", false},
};

/* Where the certificates are that a machine trusts: Debian and Alpine, Fedora, the BSDs. */
static const char *const machine_files[] = {
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};

/* Appends what is in a file, as far as that can be read. */
static bool append_file(FILE *out, const char *path)
{
    FILE *file = fopen(path, "re");
    size_t left = BUNDLE_MAX_BYTES, got;
    char part[BUFSIZ];

    if (!file)
        return false;
    while (left > 0 && (got = fread(part, 1, left < sizeof part ? left : sizeof part, file)) > 0) {
        fwrite(part, 1, got, out); /* out tells of errors when it is closed */
        left -= got;
    }
    fclose(file);
    return true;
}

static void append_machine(FILE *out)
{
    size_t i = 0;

    while (i < sizeof machine_files / sizeof *machine_files && !append_file(out, machine_files[i]))
        i++;
}

static enum status close_file(FILE *file, const char *path, struct error *err)
{
    bool is_written = file && !ferror(file);

    if (file && fclose(file) != 0)
        is_written = false;
    return is_written ? STATUS_OK
                      : error_set(err, STATUS_IO, NULL, "cannot write %s for CMD: %s", path,
                                  strerror(errno));
}

/* Makes a file that begins with the authority, and adds the variable that names it. */
static FILE *open_file(struct trust *trust, const char *name, const char *authority)
{
    struct strbuf path = STRBUF_INIT;
    FILE *file;

    strbuf_appendf(&path, "%s/%s.pem", trust->folder, name);
    trust->paths[trust->count] = path.data;
    trust->variables[trust->count] = (struct variable){name, path.data};
    trust->count++;
    file = fopen(path.data, "we");
    if (file)
        fputs(authority, file);
    return file;
}

static enum status add_own(struct trust *trust, const char *authority, struct error *err)
{
    FILE *file = open_file(trust, "EXPORTS_MOCK_CA_FILE", authority);

    return close_file(file, trust->paths[trust->count - 1], err);
}

static enum status add_foreign(struct trust *trust, size_t i, const char *authority,
                               struct error *err)
{
    const char *before = getenv(foreign[i].name);
    FILE *file = open_file(trust, foreign[i].name, authority);

    if (file && before && *before)
        append_file(file, before);
    else if (file && foreign[i].replaces)
        append_machine(file);
    return close_file(file, trust->paths[trust->count - 1], err);
}

enum status trust_make(struct trust *out, const char *authority, struct error *err)
{
    struct trust trust = {0};
    enum status status;

    if (!authority)
        return STATUS_OK;
    status = folder_make(&trust.folder, err);
    if (status == STATUS_OK)
        status = add_own(&trust, authority, err);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign && status == STATUS_OK; i++)
        status = add_foreign(&trust, i, authority, err);
    if (status == STATUS_OK)
        *out = trust;
    else
        trust_release(&trust);
    return status;
}

void trust_release(struct trust *trust)
{
    for (size_t i = 0; i < trust->count; i++)
        free(trust->paths[i]);
    if (trust->folder)
        folder_remove(trust->folder);
    free(trust->folder);
    *trust = (struct trust){0};
}
