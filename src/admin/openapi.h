/*
 * openapi: the OpenAPI document of the emulated API, as of each docs revision, and of the admin
 * API. Its text is src/admin/openapi.txt, made by scripts/make-openapi from the contract and from
 * this program's own answers, and part of the program.
 */
#ifndef ADMIN_OPENAPI_H
#define ADMIN_OPENAPI_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* A file that is part of the program; made by scripts/embed. */
struct openapi_text {
    const char *name;
    const char *text;
    size_t length; /* in bytes; a NUL stands behind them */
};

/* The one text; constant, and there as long as the program. */
extern const struct openapi_text openapi_texts[];
/* 1. */
extern const size_t openapi_texts_count;

/* Appends the document as of the revision that begins on a day (struct revision). */
void openapi_write(struct strbuf *out, int32_t day, const char *version);

#endif
