#include "json/document.h"

#include <cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/strbuf.h"
#include "json/comments.h"
#include "json/syntax.h"

/* Objects of more members are sorted to find a name that stands twice. */
#define FEW_MEMBERS 16

static const cJSON *find_twice_among_few(const cJSON *object)
{
    for (const cJSON *a = object->child; a; a = a->next) {
        for (const cJSON *b = a->next; b; b = b->next) {
            if (strcmp(a->string, b->string) == 0)
                return b;
        }
    }
    return NULL;
}

static int compare_names(const void *a, const void *b)
{
    const cJSON *const *left = a, *const *right = b;

    return strcmp((*left)->string, (*right)->string);
}

/* As find_twice_among_few(), in n log n: what a client sends must not cost n squared. */
static const cJSON *find_twice_among_many(const cJSON *object, size_t count)
{
    const cJSON **members = memory_resize(NULL, count, sizeof *members);
    const cJSON *found = NULL;
    size_t filled = 0;

    for (const cJSON *member = object->child; member; member = member->next)
        members[filled++] = member;
    qsort(members, count, sizeof *members, compare_names);
    for (size_t i = 1; i < count && !found; i++) {
        if (strcmp(members[i - 1]->string, members[i]->string) == 0)
            found = members[i];
    }
    free(members);
    return found;
}

/* A member of object whose name another member has too, or NULL. */
static const cJSON *find_twice(const cJSON *object)
{
    size_t count = 0;

    for (const cJSON *member = object->child; member; member = member->next)
        count++;
    return count <= FEW_MEMBERS ? find_twice_among_few(object)
                                : find_twice_among_many(object, count);
}

/* The path of a member of the innermost of depth nodes, each the child of the one before. */
static void append_path(struct strbuf *path, const cJSON *const *nodes, size_t depth,
                        const cJSON *member)
{
    for (size_t i = 0; i < depth; i++) {
        const cJSON *child = i + 1 < depth ? nodes[i + 1] : member;
        size_t index = 0;

        if (nodes[i]->type & cJSON_Object) {
            strbuf_appendf(path, "%s%s", path->length ? "." : "", child->string);
            continue;
        }
        for (const cJSON *node = nodes[i]->child; node != child; node = node->next)
            index++;
        strbuf_appendf(path, "[%zu]", index);
    }
}

static enum status refuse_twice(const cJSON *const *nodes, size_t depth, const cJSON *member,
                                struct error *err)
{
    struct strbuf path = STRBUF_INIT;
    enum status status;

    append_path(&path, nodes, depth, member);
    status = error_set(err, STATUS_MALFORMED, strbuf_text(&path),
                       "stands twice in its object: keep one");
    strbuf_release(&path);
    return status;
}

/* Visits every object, depth first, without recursion; nodes is the way down to the current one. */
static enum status refuse_names_twice(const cJSON *root, struct error *err)
{
    const cJSON *nodes[JSON_DEPTH_MAX + 1] = {root};
    size_t depth = 1;

    for (;;) {
        const cJSON *node = nodes[depth - 1];

        if (node->type & cJSON_Object) {
            const cJSON *twice = find_twice(node);

            if (twice)
                return refuse_twice(nodes, depth, twice, err);
        }
        if (node->child) {
            nodes[depth++] = node->child;
            continue;
        }
        while (depth > 1 && !nodes[depth - 1]->next)
            depth--;
        if (depth == 1)
            return STATUS_OK;
        nodes[depth - 1] = nodes[depth - 1]->next;
    }
}

/* Where the document that is being read gets its memory: cJSON's hooks are told nothing else. */
static struct arena *filled;

static void *take_piece(size_t size)
{
    return arena_take(filled, size);
}

static void leave_piece(void *piece)
{
    (void)piece;
}

/* NULL when cJSON does not take it. */
static cJSON *parse(const char *text, size_t length, struct arena *arena)
{
    cJSON_Hooks hooks = {take_piece, leave_piece};
    cJSON *root;

    filled = arena;
    cJSON_InitHooks(&hooks);
    root = cJSON_ParseWithLengthOpts(text, length, NULL, 0);
    filled = NULL;
    return root;
}

/* Reads a text without comments. */
static enum status read_plain(const char *text, size_t length, size_t values_max,
                              struct json_document *out, struct error *err)
{
    struct json_document document = {0};
    enum status status = json_check_syntax(text, length, values_max, err);

    if (status != STATUS_OK)
        return status;
    document.root = parse(text, length, &document.arena);
    if (document.root)
        status = refuse_names_twice(document.root, err);
    else /* what the check lets through cJSON takes */
        status = error_set(err, STATUS_LIMIT, NULL, "cannot be read");
    if (status == STATUS_OK)
        *out = document;
    else
        json_document_release(&document);
    return status;
}

enum status json_read_with(const char *text, size_t length, const struct json_options *options,
                           struct json_document *out, struct error *err)
{
    enum status status;
    char *copy;

    if (!options->comments)
        return read_plain(text, length, options->values_max, out, err);
    copy = memory_copy_text(text, length);
    json_blank_comments(copy, length);
    status = read_plain(copy, length, options->values_max, out, err);
    free(copy);
    return status;
}

enum status json_read(const char *text, size_t length, struct json_document *out, struct error *err)
{
    return read_plain(text, length, JSON_VALUES_MAX, out, err);
}

void json_document_release(struct json_document *document)
{
    arena_release(&document->arena);
    document->root = NULL;
}
