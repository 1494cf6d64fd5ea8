#include "state/header.h"

#include <errno.h>
#include <string.h>

#include <fcntl.h>
#include <unistd.h>

#include "json/reader.h"
#include "scenarios/read.h"
#include "scenarios/write.h"
#include "state/restore_parts.h"
#include "state/tape.h"

/* Longest first line: a scenario of 1 MiB may be so much longer when it is written out. */
#define FIRST_LINE_MAX ((size_t)16 << 20)

void header_write(struct json_writer *json, const struct header *header)
{
    json_write_u64(json, "exports-mock-state", HEADER_VERSION);
    json_write_text(json, "Program", header->program);
    json_begin_object(json, "Options");
    for (size_t i = 0; i < header->option_count; i++)
        json_write_text(json, header->options[i].name, header->options[i].value);
    json_end_object(json);
    if (header->scenario)
        scenario_write(json, "FirstScenario", header->scenario);
}

static enum status read_version(const struct json_object *object, struct error *err)
{
    int64_t version;
    bool found;
    enum status status = json_get_i64(object, "exports-mock-state", &version, &found, err);

    if (status == STATUS_OK && (!found || version != HEADER_VERSION))
        status = error_set(err, STATUS_INVALID, NULL,
                           "is in a format of another version of exports-mock: use that one, or "
                           "begin anew with another file");
    return status;
}

static enum status read_options(const struct json_object *object, struct header *header,
                                struct error *err)
{
    struct json_object options;
    struct json_names names;
    bool found;
    enum status status = part_object(object, "Options", &options, err);

    if (status != STATUS_OK)
        return status;
    names = json_names(&options);
    for (const char *name = json_names_next(&names); name && status == STATUS_OK;
         name = json_names_next(&names)) {
        struct header_option *option = &header->options[header->option_count];

        if (header->option_count == HEADER_OPTIONS_MAX)
            return json_error(object, "Options", STATUS_LIMIT, err, "has too many members");
        option->name = name;
        status = json_get_text(&options, name, &option->value, &found, err);
        header->option_count++;
    }
    return status;
}

static enum status read_scenario(const struct json_object *object, struct header *header,
                                 struct error *err)
{
    struct json_object scenario;
    bool found;
    enum status status = json_get_object(object, "FirstScenario", &scenario, &found, err);

    return status == STATUS_OK && found ? scenario_read_object(&scenario, &header->scenario, err)
                                        : status;
}

enum status header_read(const char *json, size_t length, struct header *out, struct error *err)
{
    struct header header = {.program = NULL};
    struct json_object object;
    enum status status = json_read(json, length, &header.document, err);

    if (status != STATUS_OK)
        return status;
    status = json_root_object(&header.document, &object, err);
    if (status == STATUS_OK)
        status = read_version(&object, err);
    if (status == STATUS_OK)
        status = part_text(&object, "Program", &header.program, err);
    if (status == STATUS_OK)
        status = read_options(&object, &header, err);
    if (status == STATUS_OK)
        status = read_scenario(&object, &header, err);
    if (status == STATUS_OK)
        *out = header;
    else
        header_release(&header);
    return status;
}

void header_release(struct header *header)
{
    json_document_release(&header->document);
    scenario_unref(header->scenario);
    *header = (struct header){.program = NULL};
}

/* The first line, or all there is of it. */
static enum status read_first_line(const char *path, struct strbuf *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = 0;

    if (fd < 0 && errno == ENOENT)
        return STATUS_OK;
    while (fd >= 0 && out->length < FIRST_LINE_MAX) {
        strbuf_reserve(out, 65536);
        got = read(fd, out->data + out->length, 65536);
        if (got <= 0)
            break;
        out->length += (size_t)got;
        if (memchr(out->data + out->length - got, '\n', (size_t)got))
            break;
    }
    if (fd < 0 || got < 0)
        error_set(err, STATUS_IO, NULL, "cannot be read: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return fd < 0 || got < 0 ? STATUS_IO : STATUS_OK;
}

enum status header_peek(const char *path, struct header *out, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    struct tape_record record;
    struct tape tape;
    bool found;
    enum status status = read_first_line(path, &text, err);

    *out = (struct header){.program = NULL};
    if (status == STATUS_OK && !tape_is_ours(strbuf_text(&text), text.length))
        status = error_set(err, STATUS_MALFORMED, NULL,
                           "is no state file of exports-mock and is left as it is: name another "
                           "file");
    tape = tape_begin(strbuf_text(&text), text.length);
    if (status == STATUS_OK)
        status = tape_next(&tape, &record, &found, err);
    if (status == STATUS_OK && found)
        status = header_read(record.json, record.length, out, err);
    strbuf_release(&text);
    return status;
}

static const struct header_option *find(const struct header *header, const char *name)
{
    for (size_t i = 0; i < header->option_count; i++) {
        if (strcmp(header->options[i].name, name) == 0)
            return &header->options[i];
    }
    return NULL;
}

static enum status refuse_option(const char *name, const char *was, const char *is,
                                 struct error *err)
{
    bool is_time = strcmp(name, "now") == 0 || strcmp(name, "speed") == 0;

    return error_set(err, STATUS_CONFLICT, NULL,
                     "was made with --%s %s, not with %s: %s; leave --%s out, or "
                     "begin anew with another file",
                     name, was ? was : "left out", is ? is : "none",
                     is_time
                         ? "its clock goes on from where it stopped, and PUT /__admin/clock sets it"
                         : "the exports in it would hold other data, or their links not work",
                     name);
}

static bool is_same_text(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

static bool is_same_scenario(const struct scenario *left, const struct scenario *right)
{
    struct strbuf texts[2] = {STRBUF_INIT, STRBUF_INIT};
    struct json_writer writers[2] = {json_writer(&texts[0]), json_writer(&texts[1])};
    bool same;

    if (!left || !right)
        return left == right;
    scenario_write(&writers[0], NULL, left);
    scenario_write(&writers[1], NULL, right);
    same = strcmp(strbuf_text(&texts[0]), strbuf_text(&texts[1])) == 0;
    strbuf_release(&texts[0]);
    strbuf_release(&texts[1]);
    return same;
}

enum status header_compare(const struct header *file, const struct header *present,
                           struct error *err)
{
    if (strcmp(file->program, present->program) != 0)
        return error_set(err, STATUS_CONFLICT, NULL,
                         "was written by exports-mock %.32s, and this is %s, whose data may be "
                         "other: use that one, or begin anew with another file",
                         file->program, present->program);
    for (size_t i = 0; i < present->option_count; i++) {
        const struct header_option *is = &present->options[i];
        const struct header_option *was = find(file, is->name);

        if (!is_same_text(was ? was->value : NULL, is->value))
            return refuse_option(is->name, was ? was->value : NULL, is->value, err);
    }
    if (!is_same_scenario(file->scenario, present->scenario))
        return error_set(err, STATUS_CONFLICT, NULL,
                         "was made with another --scenario, or that file was changed since: leave "
                         "--scenario out to go on with the one it has, set it with PUT "
                         "/__admin/scenario, or begin anew with another file");
    return STATUS_OK;
}
