/*
 * Scenarios from outside. What is read is written and must be read again to what is written the
 * same; what is refused must be explained in valid UTF-8.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "scenarios/read.h"
#include "scenarios/write.h"

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

/* What every reader of a scenario may rely on. */
static void check_fault(const struct fault *fault)
{
    must(fault->targets != 0 && fault->targets < 1u << FAULT_TARGET_COUNT);
    must(fault->probability > 0 && fault->probability <= 1);
    must(fault->answer.status || fault->delivery.delay_real_ms ||
         fault->delivery.bytes_per_real_s || fault->delivery.cut != CUT_NONE ||
         fault->corruption.how != CORRUPT_NONE);
    must(!fault->answer.status || fault->answer.body || fault->answer.status >= 400);
    must(fault->delivery.delay_real_ms >= 0 && fault->nth.first <= fault->nth.last);
}

static void check_scenario(const struct scenario *scenario)
{
    must(scenario->fault_count <= FAULTS_MAX && scenario->export_count <= SCENARIO_EXPORTS_MAX &&
         scenario->planted_count <= SCENARIO_PLANTED_MAX);
    for (size_t i = 0; i < scenario->fault_count; i++)
        check_fault(&scenario->faults[i]);
}

static void check_copy(const struct scenario *scenario)
{
    struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
    struct json_writer writer = json_writer(&first), again = json_writer(&second);
    struct scenario *copy;
    struct error err;

    scenario_write(&writer, NULL, scenario);
    must(scenario_read(first.data, first.length, &copy, &err) == STATUS_OK);
    scenario_write(&again, NULL, copy);
    must(first.length == second.length && !memcmp(first.data, second.data, first.length));
    scenario_unref(copy);
    strbuf_release(&first);
    strbuf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scenario *scenario;
    struct error err;
    enum status status = scenario_read((const char *)data, size, &scenario, &err);

    if (status != STATUS_OK) {
        check_error(status, &err);
        return 0;
    }
    check_scenario(scenario);
    check_copy(scenario);
    scenario_unref(scenario);
    return 0;
}
