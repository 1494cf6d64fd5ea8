/*
 * console: the web page that shows what the server does. Its files are in page/ and part of the
 * program; a browser loads them from below /__admin/ and nothing from anywhere else. They hold no
 * data: the page asks the admin API for all that it shows.
 */
#ifndef CONSOLE_CONSOLE_H
#define CONSOLE_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "http/request.h"
#include "http/response.h"

/* A file: constant, and there as long as the program. */
struct console_file {
    const char *name; /* without a folder */
    const char *text;
    size_t length; /* of text, in bytes */
};

/* All of them, in the order of their names; made by scripts/embed. */
extern const struct console_file console_files[];
extern const size_t console_files_count;

/* The file at a path: "/__admin/" is index.html. NULL when there is none. */
const struct console_file *console_find(const char *path);

/* Answers a GET or HEAD request for a file; response is empty. */
void console_answer(const struct http_request *request, struct http_response *response,
                    const struct console_file *file);

/* True when a request for "/" comes from a browser, which is to be led to the console. */
bool console_is_visit(const struct http_request *request);

/* Leads there: 303. */
void console_redirect(struct http_response *response);

#endif
