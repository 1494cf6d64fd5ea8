/*
 * Bundles from outside. What is read has a command and options that a command line would take; what
 * is refused must be explained in valid UTF-8.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "options/options.h"
#include "trial/bundle.h"

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_error(enum status status, const struct error *err)
{
    must(status == err->status && err->message[0]);
    must(utf8_valid_prefix(err->message, strlen(err->message)) == strlen(err->message));
    must(utf8_valid_prefix(err->field, strlen(err->field)) == strlen(err->field));
}

static void check_bundle(const struct bundle *bundle)
{
    struct error err;

    must(bundle->command[0] != NULL);
    must(bundle->option_count <= option_count);
    for (size_t i = 0; i < bundle->option_count; i++) {
        const struct bundle_option *option = &bundle->options[i];

        must(option_shapes_story(option->option) && option->value[0]);
        must(options_check_value(option->option, option->value, &err) == STATUS_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bundle bundle;
    struct error err;
    enum status status = bundle_read((const char *)data, size, &bundle, &err);

    if (status != STATUS_OK) {
        check_error(status, &err);
        return 0;
    }
    check_bundle(&bundle);
    bundle_release(&bundle);
    return 0;
}
