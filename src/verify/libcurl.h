/*
 * libcurl: its functions, loaded when they are needed. A server never needs them, and the libraries
 * behind libcurl would cost its start a third of its time and memory.
 */
#ifndef VERIFY_LIBCURL_H
#define VERIFY_LIBCURL_H

#include <curl/curl.h>

#include "base/status.h"

/* The functions that verify calls; each is the one of libcurl whose name stands beside it. */
struct libcurl {
    CURL *(*init)(void);                                             /* curl_easy_init */
    CURLcode (*set)(CURL *curl, CURLoption option, ...);             /* curl_easy_setopt */
    CURLcode (*perform)(CURL *curl);                                 /* curl_easy_perform */
    CURLcode (*get)(CURL *curl, CURLINFO info, ...);                 /* curl_easy_getinfo */
    const char *(*reason)(CURLcode code);                            /* curl_easy_strerror */
    void (*cleanup)(CURL *curl);                                     /* curl_easy_cleanup */
    struct curl_slist *(*append)(struct curl_slist *, const char *); /* curl_slist_append */
    void (*free_all)(struct curl_slist *list);                       /* curl_slist_free_all */
};

/*
 * Loads libcurl for the rest of the process: the library that the program was configured with, or
 * another of the same interface. STATUS_IO when there is none; the message says what to install.
 */
enum status libcurl_load(struct libcurl *out, struct error *err) MUST_CHECK;

#endif
