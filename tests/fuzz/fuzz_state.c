/*
 * State files from outside. An input that begins with '{' is records without their frames, so that
 * what is in them is reached; any other is a file as it is. Whatever it holds, the store stays
 * sound: it can be walked and goes on to serve.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/restore.h"
#include "fuzz.h"
#include "scenarios/builtin.h"
#include "state/header.h"
#include "state/restorer.h"
#include "state/tape.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_error(enum status status, const struct error *err)
{
    must(status == err->status && err->message[0]);
    must(utf8_valid_prefix(err->message, strlen(err->message)) == strlen(err->message));
}

static struct store *make_store(void)
{
    struct store_config config = {
        .seed = 1, .speed = 1, .max_exports = 1000, .find_scenario = scenario_builtin_find};

    return store_new(&config, 0);
}

/* Everything that was restored can be looked at, and a new export can be made. */
static void check_store(struct store *store)
{
    struct export_request request = {.entity_type = ENTITY_BILL};
    struct export *export = NULL;
    struct integration *integration;
    struct error err;

    while ((export = store_next_export(store, NULL, export))) {
        must(export->integration && export->scope && export->entity_type < ENTITY_TYPE_COUNT);
        (void)store_export_state(store, export, 1000);
        (void)export_data_choice(export);
    }
    if (store_sign_in(store, "c", "a", &integration, &err) != STATUS_OK)
        return;
    request.integration = integration;
    request.scope = integration->scope;
    store_follow_scenario(store, integration, 1000);
    if (store_add_export(store, &request, 1000, &export, &err) == STATUS_OK)
        must(store_find_export(store, &export->id) == export);
}

static void try_records(const char *text, size_t length)
{
    struct store *store = make_store();
    struct numbered numbered = {.first = NULL};
    struct restorer restorer = {.store = store, .numbered = &numbered};
    enum status status = STATUS_OK;
    struct error err;

    while (length > 0 && status == STATUS_OK) {
        const char *end = memchr(text, '\n', length);
        size_t one = end ? (size_t)(end - text) : length;

        status = restorer_read(&restorer, text, one, &err);
        text += one + (end != NULL);
        length -= one + (end != NULL);
    }
    if (status != STATUS_OK)
        check_error(status, &err);
    restorer_finish(&restorer, 0, 500);
    check_store(store);
    numbered_clear(&numbered);
    store_free(store);
}

static void try_file(const char *text, size_t length)
{
    struct tape tape = tape_begin(text, length);
    struct tape_record record;
    struct header header;
    struct error err;
    size_t sound;
    uint32_t sum;
    bool found;
    enum status status = tape_check(text, length, &sound, &sum, &err);

    (void)tape_is_ours(text, length);
    if (status != STATUS_OK) {
        check_error(status, &err);
        return;
    }
    must(sound <= length && (sound == 0 || text[sound - 1] == '\n'));
    if (sound == 0 || tape_next(&tape, &record, &found, &err) != STATUS_OK || !found)
        return;
    if (header_read(record.json, record.length, &header, &err) == STATUS_OK)
        header_release(&header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && data[0] == '{')
        try_records((const char *)data, size);
    else
        try_file((const char *)data, size);
    return 0;
}
