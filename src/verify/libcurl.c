#include "verify/libcurl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* By their interface, which is called 4 whatever library does the encryption. */
static const char *const names[] = {LIBCURL_SONAME, "libcurl-gnutls.so.4", "libcurl.so.4"};

static const struct {
    const char *name;
    size_t offset; /* of the pointer in struct libcurl */
} functions[] = {
    {"curl_easy_init", offsetof(struct libcurl, init)},
    {"curl_easy_setopt", offsetof(struct libcurl, set)},
    {"curl_easy_perform", offsetof(struct libcurl, perform)},
    {"curl_easy_getinfo", offsetof(struct libcurl, get)},
    {"curl_easy_strerror", offsetof(struct libcurl, reason)},
    {"curl_easy_cleanup", offsetof(struct libcurl, cleanup)},
    {"curl_slist_append", offsetof(struct libcurl, append)},
    {"curl_slist_free_all", offsetof(struct libcurl, free_all)},
};

/* The first of the libraries that can be loaded, or NULL. */
static void *open_any(void)
{
    void *library = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return library;
}

/* It stays loaded: some of the libraries behind it cannot be taken out again. */
enum status libcurl_load(struct libcurl *out, struct error *err)
{
    void *library = open_any();
    struct libcurl loaded;

    if (!library)
        return error_set(err, STATUS_IO, NULL,
                         "verify needs libcurl, which cannot be loaded; install it (Debian: "
                         "libcurl3-gnutls): %s",
                         dlerror());
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(library, functions[i].name);

        if (!function)
            return error_set(err, STATUS_IO, NULL, "this libcurl cannot be used: %s", dlerror());
        /* ISO C has no conversion of an object's address into a function's; POSIX has this. */
        memcpy((char *)&loaded + functions[i].offset, &function, sizeof function);
    }
    *out = loaded;
    return STATUS_OK;
}
