#include "trial/environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/strbuf.h"

struct environment {
    char **texts; /* owned; the first own_count of them, too */
    size_t own_count;
};

static bool is_of(const char *text, const char *name)
{
    size_t length = strlen(name);

    return strncmp(text, name, length) == 0 && text[length] == '=';
}

static bool is_replaced(const char *text, const struct variable *variables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_of(text, variables[i].name))
            return true;
    }
    return false;
}

static char *join(const struct variable *variable)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_appendf(&text, "%s=%s", variable->name, variable->value);
    return text.data;
}

struct environment *environment_new(const struct variable *variables, size_t count)
{
    struct environment *environment = memory_new(sizeof *environment);
    size_t there = 0, used = count;

    while (environ && environ[there])
        there++;
    environment->own_count = count;
    environment->texts = memory_new((count + there + 1) * sizeof *environment->texts);
    for (size_t i = 0; i < count; i++)
        environment->texts[i] = join(&variables[i]);
    for (size_t i = 0; i < there; i++) {
        if (!is_replaced(environ[i], variables, count))
            environment->texts[used++] = environ[i];
    }
    return environment;
}

void environment_free(struct environment *environment)
{
    if (!environment)
        return;
    for (size_t i = 0; i < environment->own_count; i++)
        free(environment->texts[i]);
    free(environment->texts);
    free(environment);
}

char **environment_texts(const struct environment *environment)
{
    return environment->texts;
}
