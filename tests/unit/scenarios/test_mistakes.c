/* Mistakes in scenarios, and what is said about them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read.h"

/* A scenario, and the place and the message of its error. */
struct mistake {
    const char *text;
    const char *field;
    const char *message;
};

/* Parts that many texts have. */
#define FAULT(members)   "{\"faults\": [{" members "}]}"
#define ADD(members)     FAULT("\"on\": \"add\", " members)
#define GET_ALL(members) FAULT("\"on\": \"getAll\", " members)
#define GET(members)     FAULT("\"on\": \"download\", " members)
#define CORRUPT(members) GET("\"corrupt\": {" members "}")
#define DELAY            "\"delay\": \"1s\""

static const struct mistake mistakes[] = {
    {"[]", "", "must be an object, but is an array"},
    {"{", "",
     "line 1, column 2: the text ends here, but the object that begins at line 1, column 1 is not "
     "closed with }"},
    {"{\"nam\": \"x\"}", "nam", "is not known here: did you mean \"name\"?"},
    {"{\"Name\": \"x\"}", "Name", "is not known here: did you mean \"name\"?"},
    {"{\"wibble\": 1}", "wibble",
     "is not known here: the keys are name, description, expect, lifecycle, exports, data, "
     "rateLimit, planted, faults"},
    {"{\"name\": 1}", "name", "must be a string, but is a number"},
    {"{\"name\": \"x\", \"name\": \"y\"}", "name", "stands twice in its object: keep one"},
    {"{\"name\": \"a\\u0007b\"}", "name", "has a control character in it"},
    {"{\"name\": \"1234567890123456789012345678901234567890123456789012345678901234x\"}", "name",
     "is longer than 64 bytes"},
    {"{\"expect\": \"sucess\"}", "expect",
     "\"sucess\" is not success, failure or either; did you mean success?"},
    {"{\"lifecycle\": {\"pendin\": \"2s\"}}", "lifecycle.pendin",
     "is not known here: did you mean \"pending\"?"},
    {"{\"lifecycle\": {\"pending\": 2}}", "lifecycle.pending", "must be a string, but is a number"},
    {"{\"lifecycle\": {\"pending\": \"2 parsecs\"}}", "lifecycle.pending",
     "\"2 parsecs\" is neither a duration nor a number of polls: write for example 250ms, 2s, 10m, "
     "PT10M or \"2 polls\""},
    {"{\"lifecycle\": {\"processing\": \"0 polls\"}}", "lifecycle.processing",
     "\"0 polls\" is not a number of polls from 1 to 1000000: write for example \"2 polls\""},
    {"{\"lifecycle\": {\"outcome\": \"failed\"}}", "lifecycle.outcome",
     "\"failed\" is not Success, Failed or stuck; did you mean Failed?"},
    {"{\"lifecycle\": {\"outcome\": \"Expired\"}}", "lifecycle.outcome",
     "\"Expired\" is not Success, Failed or stuck"},
    {"{\"lifecycle\": {\"expires\": \"soon\"}}", "lifecycle.expires",
     "\"soon\" is not a duration: write for example 250ms, 2s, 10m, 1h, 7d or PT10M"},
    {"{\"lifecycle\": {\"expires\": \"never\"}}", "lifecycle.expires",
     "\"never\" is not a duration: write for example 250ms, 2s, 10m, 1h, 7d or PT10M"},
    {"{\"lifecycle\": {\"linkValidity\": \"0s\"}}", "lifecycle.linkValidity",
     "must be from 1ms to 3650000d"},
    {"{\"exports\": {}}", "exports", "must be an array, but is an object"},
    {"{\"exports\": [{\"lifecycle\": {}, \"data\": {\"rows\": {}}}]}", "exports[0]",
     "changes nothing: give lifecycle or data"},
    {"{\"exports\": [{\"match\": {}}]}", "exports[0]", "changes nothing: give lifecycle or data"},
    {"{\"exports\": [null]}", "exports[0]", "must be an object, but is null"},
    {"{\"exports\": [{\"match\": {\"nth\": 0}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.nth", "is 0, but must be from 1 to 4294967295"},
    {"{\"exports\": [{\"match\": {\"nth\": \"4-2\"}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.nth",
     "\"4-2\" is no range: write a number from 1 on, or for example \"2-4\" or \"5-\""},
    {"{\"exports\": [{\"match\": {\"nth\": \"1\"}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.nth",
     "\"1\" is no range: write a number from 1 on, or for example \"2-4\" or \"5-\""},
    {"{\"exports\": [{\"match\": {\"file\": 1}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.file", "is not known here: the keys are entityType, nth"},
    {"{\"exports\": [{\"match\": {\"entityType\": \"Bil\"}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.entityType", "\"Bil\" is not an entity type; did you mean Bill?"},
    {"{\"exports\": [{\"match\": {\"entityType\": []}, \"data\": {\"size\": \"tiny\"}}]}",
     "exports[0].match.entityType", "is empty: name at least one"},
    {"{\"exports\": [{\"match\": {\"entityType\": [\"Bill\", \"bill\"]}, \"data\": {\"size\": "
     "\"tiny\"}}]}",
     "exports[0].match.entityType[1]", "\"bill\" is not an entity type; did you mean Bill?"},
    {"{\"exports\": [{\"match\": {\"entityType\": [\"Bill\", 7]}, \"data\": {\"size\": "
     "\"tiny\"}}]}",
     "exports[0].match.entityType[1]", "must be a string, but is a number"},
    {"{\"exports\": [{\"data\": {\"size\": \"tiny\"}}, {\"match\": {\"nth\": 1}, \"data\": "
     "{\"size\": \"tiny\"}}]}",
     "exports[1]",
     "is never reached: exports[0] matches all that this one does, and the first match wins"},
    {"{\"exports\": [{\"lifecycle\": {\"outcome\": \"Sucess\"}}]}", "exports[0].lifecycle.outcome",
     "\"Sucess\" is not Success, Failed or stuck; did you mean Success?"},
    {"{\"data\": {\"size\": \"big\"}}", "data.size",
     "\"big\" is not tiny, small, medium, large or huge"},
    {"{\"data\": {\"size\": \"mediun\"}}", "data.size",
     "\"mediun\" is not tiny, small, medium, large or huge; did you mean medium?"},
    {"{\"data\": {\"rows\": {\"Reservations\": 5}}}", "data.rows.Reservations",
     "\"Reservations\" is not an entity type; did you mean Reservation?"},
    {"{\"data\": {\"rows\": {\"Bill\": -1}}}", "data.rows.Bill",
     "is -1, but must be from 0 to 10000000000"},
    {"{\"data\": {\"rows\": {\"Bill\": 1.5}}}", "data.rows.Bill",
     "must be a whole number, but is 1.5"},
    {"{\"data\": {\"rows\": {\"Bill\": 10000000001}}}", "data.rows.Bill",
     "is 10000000001, but must be from 0 to 10000000000"},
    {"{\"data\": {\"maxFileSize\": 999}}", "data.maxFileSize",
     "\"999\" is not from 1000 bytes to 1000 TB"},
    {"{\"data\": {\"maxFileSize\": \"1.2 MB\"}}", "data.maxFileSize",
     "\"1.2 MB\" is not a size: write for example 1200000, 64KB, 1.2MB or 1GiB"},
    {"{\"data\": {\"maxFileSize\": true}}", "data.maxFileSize",
     "must be a number, but is a boolean"},
    {"{\"data\": {\"hazards\": [\"unicode\", \"crfl\"]}}", "data.hazards[1]",
     "\"crfl\" is not a hazard; did you mean crlf? they are unicode, long-strings, "
     "unknown-properties, unknown-enum-values, null-rows, empty-file, no-file, crlf, "
     "no-last-newline, repeated-row"},
    {"{\"data\": {\"hazard\": []}}", "data.hazard", "is not known here: did you mean \"hazards\"?"},
    {"{\"rateLimit\": \"on\"}", "rateLimit",
     "must be \"off\", or for example {\"requests\": 200, \"per\": \"30s\"}"},
    {"{\"rateLimit\": {\"requests\": 0, \"per\": \"1s\"}}", "rateLimit.requests",
     "is 0, but must be from 1 to 1000000000"},
    {"{\"rateLimit\": {\"requests\": 1}}", "rateLimit.per",
     "is missing: write a duration, for example \"30s\""},
    {"{\"rateLimit\": {\"per\": \"1s\"}}", "rateLimit.requests",
     "is missing: write a number from 1 on"},
    {"{\"rateLimit\": {\"requests\": 1, \"per\": \"0s\"}}", "rateLimit.per",
     "must be from 1ms to 3650000d"},
    {"{\"planted\": [{}]}", "planted[0].status", "is missing: write for example \"Processing\""},
    {"{\"planted\": [{\"status\": \"Processing\"}]}", "planted[0].for",
     "is missing: write how long it stays so, for example \"20s\""},
    {"{\"planted\": [{\"status\": \"Success\", \"for\": \"1s\"}]}", "planted[0].for",
     "is only for Pending and Processing: Success is left in its own time"},
    {"{\"planted\": [{\"status\": \"Running\", \"for\": \"1s\"}]}", "planted[0].status",
     "\"Running\" is not Pending, Processing, Success, Failed or Expired"},
    {"{\"planted\": [{\"status\": \"Pending\", \"for\": \"0s\"}]}", "planted[0].for",
     "must be from 1ms to 3650000d"},
    {FAULT(""), "faults[0].on",
     "is missing: write \"add\", \"getAll\", \"download\" or a list of them"},
    {FAULT("\"on\": \"get\", " DELAY), "faults[0].on", "\"get\" is not add, getAll or download"},
    {FAULT("\"on\": [], " DELAY), "faults[0].on", "is empty: name at least one"},
    {FAULT("\"on\": [\"add\", \"getall\"], " DELAY), "faults[0].on[1]",
     "\"getall\" is not add, getAll or download; did you mean getAll?"},
    {ADD("\"probability\": 1"), "faults[0]",
     "does nothing: give respond, delay, throttle, cut or corrupt"},
    {ADD("\"when\": 1"), "faults[0].when",
     "is not known here: the keys are on, match, nth, every, probability, respond, delay, "
     "throttle, cut, corrupt"},
    {ADD("\"match\": {\"file\": 1}, " DELAY), "faults[0].match.file",
     "is only for faults that are on \"download\" and nothing else"},
    {ADD("\"match\": {\"attempt\": 1}, " DELAY), "faults[0].match.attempt",
     "is only for faults that are on \"download\" and nothing else"},
    {FAULT("\"on\": [\"add\", \"download\"], \"match\": {\"file\": 1}, " DELAY),
     "faults[0].match.file", "is only for faults that are on \"download\" and nothing else"},
    {GET("\"match\": {\"file\": 0}, " DELAY), "faults[0].match.file",
     "is 0, but must be from 1 to 1000000"},
    {GET("\"match\": {\"attempt\": \"0-1\"}, " DELAY), "faults[0].match.attempt",
     "\"0-1\" is no range: write a number from 1 on, or for example \"2-4\" or \"5-\""},
    {GET("\"match\": {\"entityTypes\": \"Bill\"}, " DELAY), "faults[0].match.entityTypes",
     "is not known here: did you mean \"entityType\"?"},
    {ADD("\"nth\": -1, " DELAY), "faults[0].nth", "is -1, but must be from 1 to 4294967295"},
    {ADD("\"nth\": \"2-4-6\", " DELAY), "faults[0].nth",
     "\"2-4-6\" is no range: write a number from 1 on, or for example \"2-4\" or \"5-\""},
    {ADD("\"nth\": \"1-4294967296\", " DELAY), "faults[0].nth",
     "\"1-4294967296\" is no range: write a number from 1 on, or for example \"2-4\" or \"5-\""},
    {ADD("\"every\": 0, " DELAY), "faults[0].every", "is 0, but must be from 1 to 1000000000"},
    {ADD("\"nth\": \"4-5\", \"every\": 3, " DELAY), "faults[0].every",
     "never fires: no multiple of 3 is within nth, from 4 to 5"},
    {ADD("\"probability\": 0, " DELAY), "faults[0].probability",
     "never fires: it must be above 0, and at most 1"},
    {ADD("\"probability\": 1.5, " DELAY), "faults[0].probability",
     "is 1.5, but must be above 0, and at most 1"},
    {ADD("\"probability\": \"half\", " DELAY), "faults[0].probability",
     "must be a number, but is a string"},
    {ADD("\"respond\": {}"), "faults[0].respond.status", "is missing: write for example 503"},
    {ADD("\"respond\": {\"status\": 199}"), "faults[0].respond.status",
     "is 199, but must be from 200 to 599"},
    {ADD("\"respond\": {\"status\": \"503\"}"), "faults[0].respond.status",
     "must be a number, but is a string"},
    {ADD("\"respond\": {\"status\": 200}"), "faults[0].respond.body",
     "is missing: only for a status from 400 on there is a body to fall back on; \"\" is none"},
    {ADD("\"respond\": {\"status\": 304, \"body\": \"x\"}"), "faults[0].respond.body",
     "must be \"\": an answer with status 304 has none"},
    {ADD("\"respond\": {\"status\": 429, \"retryAfter\": 3}"), "faults[0].respond.retryAfter",
     "must be a string, but is a number"},
    {ADD("\"respond\": {\"status\": 429, \"retryafter\": \"3s\"}"), "faults[0].respond.retryafter",
     "is not known here: did you mean \"retryAfter\"?"},
    {ADD("\"delay\": \"0s\""), "faults[0].delay", "must be from 1ms to 1h"},
    {ADD("\"delay\": \"2h\""), "faults[0].delay", "must be from 1ms to 1h"},
    {ADD("\"delay\": 1000"), "faults[0].delay", "must be a string, but is a number"},
    {GET("\"throttle\": \"100KB\""), "faults[0].throttle",
     "\"100KB\" is no speed: write for example \"100KB/s\", or a number of bytes a second from 1 "
     "on"},
    {GET("\"throttle\": \"fast/s\""), "faults[0].throttle",
     "\"fast/s\" is no speed: write for example \"100KB/s\", or a number of bytes a second from 1 "
     "on"},
    {GET("\"throttle\": \"0/s\""), "faults[0].throttle",
     "\"0/s\" is no speed: write for example \"100KB/s\", or a number of bytes a second from 1 on"},
    {GET("\"throttle\": 0"), "faults[0].throttle", "is 0, but must be from 1 to 9007199254740992"},
    {GET("\"cut\": {}"), "faults[0].cut.how",
     "is missing: write \"close\", \"reset\" or \"stall\""},
    {GET("\"cut\": {\"how\": \"rest\"}"), "faults[0].cut.how",
     "\"rest\" is not close, reset or stall; did you mean reset?"},
    {GET("\"cut\": {\"how\": \"none\"}"), "faults[0].cut.how",
     "\"none\" is not close, reset or stall"},
    {GET("\"cut\": {\"how\": \"reset\", \"afterBytes\": -1}"), "faults[0].cut.afterBytes",
     "is -1, but must be from 0 to 9007199254740992"},
    {GET("\"cut\": {\"how\": \"reset\", \"after\": 1}"), "faults[0].cut.after",
     "is not known here: the keys are afterBytes, how"},
    {GET("\"cut\": {\"how\": \"reset\"}, \"throttle\": 1"), "faults[0].throttle",
     "contradicts cut: without afterBytes no answer is sent at all"},
    {GET("\"cut\": {\"how\": \"reset\"}, \"respond\": {\"status\": 500}"), "faults[0].respond",
     "contradicts cut: without afterBytes no answer is sent at all"},
    {CORRUPT("\"row\": 1"), "faults[0].corrupt.how", "is missing: write for example \"cut-row\""},
    {CORRUPT("\"how\": \"none\""), "faults[0].corrupt.how",
     "\"none\" is not cut-in-utf8, cut-row, no-line-end, not-json, flip-bit, nul, no-last-newline "
     "or wrong-size"},
    {CORRUPT("\"row\": 1, \"how\": \"cut-utf8\""), "faults[0].corrupt.how",
     "\"cut-utf8\" is not cut-in-utf8, cut-row, no-line-end, not-json, flip-bit, nul, "
     "no-last-newline or wrong-size; did you mean cut-in-utf8?"},
    {CORRUPT("\"how\": \"cut-row\""), "faults[0].corrupt.row",
     "is missing: write the number of the row, from 1 on"},
    {CORRUPT("\"how\": \"cut-in-utf8\", \"row\": 0"), "faults[0].corrupt.row",
     "is 0, but must be from 1 to 9007199254740992"},
    {CORRUPT("\"how\": \"no-line-end\", \"row\": 1, \"byte\": 1"), "faults[0].corrupt.byte",
     "has no meaning for no-line-end"},
    {CORRUPT("\"how\": \"flip-bit\""), "faults[0].corrupt.byte",
     "is missing: write its offset in the file, or give a row"},
    {CORRUPT("\"how\": \"nul\", \"row\": 1, \"byte\": 1"), "faults[0].corrupt.byte",
     "contradicts row: give one of them, byte counts from the file's start"},
    {CORRUPT("\"how\": \"no-last-newline\", \"row\": 1"), "faults[0].corrupt.row",
     "has no meaning for no-last-newline"},
    {CORRUPT("\"how\": \"not-json\", \"row\": 1, \"by\": 1"), "faults[0].corrupt.by",
     "has no meaning for not-json"},
    {CORRUPT("\"how\": \"wrong-size\", \"by\": 1"), "faults[0].on",
     "must be \"getAll\" for wrong-size"},
    {GET_ALL("\"corrupt\": {\"how\": \"wrong-size\"}"), "faults[0].corrupt.by",
     "is missing: write by how many bytes the size is off, for example -1"},
    {GET_ALL("\"corrupt\": {\"how\": \"wrong-size\", \"by\": 0}"), "faults[0].corrupt.by",
     "does nothing: it must not be 0, for example 1 or -1"},
    {GET_ALL("\"corrupt\": {\"how\": \"cut-row\", \"row\": 1}"), "faults[0].on",
     "must be \"download\" for cut-row"},
    {FAULT("\"on\": [\"getAll\", \"download\"], \"corrupt\": {\"how\": \"cut-row\", \"row\": 1}"),
     "faults[0].on", "must be \"download\" for cut-row"},
    {GET("\"corrupt\": {\"how\": \"cut-row\", \"row\": 1}, \"respond\": {\"status\": 500}"),
     "faults[0].corrupt", "contradicts respond: the answer that would be corrupted is not sent"},
};

START_TEST(every_mistake_is_explained)
{
    const struct mistake *mistake = &mistakes[_i];
    struct scenario *scenario = NULL;
    struct error err = {STATUS_OK, "", ""};
    enum status status = scenario_read(mistake->text, strlen(mistake->text), &scenario, &err);

    ck_assert_msg(status != STATUS_OK, "was read: %s", mistake->text);
    ck_assert_int_eq(status, err.status);
    ck_assert_ptr_null(scenario);
    ck_assert_str_eq(err.field, mistake->field);
    ck_assert_str_eq(err.message, mistake->message);
    ck_assert_int_eq(scenario_read(mistake->text, strlen(mistake->text), &scenario, NULL), status);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mistakes");
    TCase *tcase = tcase_create("mistakes");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, every_mistake_is_explained, 0,
                        (int)(sizeof mistakes / sizeof *mistakes));
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
