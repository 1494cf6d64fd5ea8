/*
 * options-print: writes the texts made from the option table, for the build and for
 * scripts/check-readme. Not installed.
 */
#include <stdio.h>
#include <string.h>

#include "options/completion.h"
#include "options/manual.h"
#include "options/markdown.h"

static const struct {
    const char *name;
    void (*write)(struct strbuf *out);
} texts[] = {
    {"man", manual_write},           {"bash", completion_write_bash}, {"zsh", completion_write_zsh},
    {"fish", completion_write_fish}, {"readme", markdown_write},
};

int main(int argc, char **argv)
{
    struct strbuf text = STRBUF_INIT;
    bool written;

    for (size_t i = 0; argc == 2 && i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(argv[1], texts[i].name) == 0)
            texts[i].write(&text);
    }
    if (text.length == 0) {
        fprintf(stderr, "usage: options-print man|bash|zsh|fish|readme\n");
        return 2;
    }
    written = fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0;
    strbuf_release(&text);
    return written ? 0 : 1;
}
