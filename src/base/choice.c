#include "base/choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/strbuf.h"

static enum status refuse(const char *text, size_t length, const char *const *words, size_t count,
                          struct error *err)
{
    char *copy = memory_copy_text(text, length);
    const char *meant = nearest_name(copy, words, count);
    struct strbuf list = STRBUF_INIT;
    enum status status;

    for (size_t i = 0; i < count; i++)
        strbuf_appendf(&list, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", words[i]);
    status = error_set(err, STATUS_INVALID, NULL, "%s is not %s%s%s%s", excerpt(text, length).text,
                       strbuf_text(&list), meant ? "; did you mean " : "", meant ? meant : "",
                       meant ? "?" : "");
    strbuf_release(&list);
    free(copy);
    return status;
}

enum status choice_read(const char *text, size_t length, const char *const *words, size_t count,
                        unsigned *out, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0) {
            *out = (unsigned)i;
            return STATUS_OK;
        }
    }
    return refuse(text, length, words, count, err);
}
