#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "json/reader.h"

static struct json_document document;
static struct json_object root;
static struct error err;
static bool found;

/* Reads text as the document of a test. */
static void given(const char *text)
{
    enum status status;

    memset(&err, 0, sizeof err);
    status = json_read(text, strlen(text), &document, &err);
    ck_assert_msg(status == STATUS_OK, "%s", err.message);
    ck_assert_int_eq(json_root_object(&document, &root, &err), STATUS_OK);
}

static void expect_error(enum status status, const char *field, const char *message)
{
    ck_assert_int_eq(status, STATUS_MALFORMED);
    ck_assert_int_eq(err.status, STATUS_MALFORMED);
    ck_assert_str_eq(err.field, field);
    ck_assert_str_eq(err.message, message);
}

START_TEST(reads_every_type)
{
    struct json_object object;
    struct json_array array;
    const char *text;
    struct uuid id, same;
    bool flag;
    double number;
    int64_t whole, at_ms, duration_ms;
    int32_t day;

    given("{\"t\":\"caf\\u00e9\",\"u\":\"851DF8C8-90f2-4c4a-8e01-a4fc46b25178\",\"b\":true,"
          "\"n\":-0.5,\"i\":9007199254740992,\"at\":\"2026-08-07T10:00:00.250Z\","
          "\"day\":\"2026-08-07\",\"d\":\"PT10M\",\"o\":{},\"a\":[1,2]}");
    ck_assert_int_eq(json_get_text(&root, "t", &text, &found, &err), STATUS_OK);
    ck_assert_str_eq(text, "caf\xc3\xa9");
    ck_assert_int_eq(json_get_uuid(&root, "u", &id, &found, &err), STATUS_OK);
    ck_assert(uuid_read("851df8c8-90f2-4c4a-8e01-a4fc46b25178", UUID_LENGTH, &same));
    ck_assert(uuid_equal(&id, &same));
    ck_assert_int_eq(json_get_bool(&root, "b", &flag, &found, &err), STATUS_OK);
    ck_assert(flag);
    ck_assert_int_eq(json_get_number(&root, "n", &number, &found, &err), STATUS_OK);
    ck_assert(number == -0.5);
    ck_assert_int_eq(json_get_i64(&root, "i", &whole, &found, &err), STATUS_OK);
    ck_assert_int_eq(whole, INT64_C(9007199254740992));
    ck_assert_int_eq(json_get_timestamp_ms(&root, "at", &at_ms, &found, &err), STATUS_OK);
    ck_assert_int_eq(at_ms, INT64_C(1786096800250));
    ck_assert_int_eq(json_get_date_day(&root, "day", &day, &found, &err), STATUS_OK);
    ck_assert_int_eq(day, 20672);
    ck_assert_int_eq(json_get_duration_ms(&root, "d", &duration_ms, &found, &err), STATUS_OK);
    ck_assert_int_eq(duration_ms, 600000);
    ck_assert_int_eq(json_get_object(&root, "o", &object, &found, &err), STATUS_OK);
    ck_assert_str_eq(object.path, "o");
    ck_assert_int_eq(json_get_array(&root, "a", &array, &found, &err), STATUS_OK);
    ck_assert(found);
    ck_assert_uint_eq(array.count, 2);
    json_document_release(&document);
}
END_TEST

START_TEST(takes_absent_and_null_alike)
{
    const char *text = "untouched";
    struct json_object object = {NULL, "untouched"};

    given("{\"a\":null,\"TEXT\":\"other case\"}");
    ck_assert_int_eq(json_get_text(&root, "a", &text, &found, &err), STATUS_OK);
    ck_assert(!found);
    ck_assert_int_eq(json_get_text(&root, "text", &text, &found, &err), STATUS_OK);
    ck_assert(!found);
    ck_assert_str_eq(text, "untouched");
    ck_assert_int_eq(json_get_object(&root, "a", &object, &found, &err), STATUS_OK);
    ck_assert(!found);
    ck_assert_ptr_null(object.node);
    ck_assert_int_eq(json_type_of(&root, "a"), JSON_NULL);
    ck_assert_int_eq(json_type_of(&root, "text"), JSON_ABSENT);
    ck_assert_int_eq(json_type_of(&root, "TEXT"), JSON_TEXT);
    json_document_release(&document);
}
END_TEST

START_TEST(names_the_path_of_a_wrong_type)
{
    struct json_object filters, interval;
    struct json_array array;
    const char *text;
    bool flag;
    int64_t whole;
    double number;

    given("{\"Client\":1,\"flag\":\"true\",\"list\":{},\"object\":[],\"whole\":1.5,"
          "\"far\":9007199254740994,\"huge\":1e999,"
          "\"Filters\":{\"UpdatedUtc\":{\"StartUtc\":\"today\",\"EndUtc\":false}}}");
    expect_error(json_get_text(&root, "Client", &text, &found, &err), "Client",
                 "must be a string, but is a number");
    expect_error(json_get_bool(&root, "flag", &flag, &found, &err), "flag",
                 "must be a boolean, but is a string");
    expect_error(json_get_array(&root, "list", &array, &found, &err), "list",
                 "must be an array, but is an object");
    expect_error(json_get_object(&root, "object", &filters, &found, &err), "object",
                 "must be an object, but is an array");
    expect_error(json_get_i64(&root, "whole", &whole, &found, &err), "whole",
                 "must be a whole number, but is 1.5");
    expect_error(json_get_i64(&root, "far", &whole, &found, &err), "far",
                 "is too large: whole numbers reach to 9007199254740992 (2^53) here");
    expect_error(json_get_number(&root, "huge", &number, &found, &err), "huge",
                 "is too large a number");
    ck_assert_int_eq(json_get_object(&root, "Filters", &filters, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_get_object(&filters, "UpdatedUtc", &interval, &found, &err), STATUS_OK);
    expect_error(json_get_timestamp_ms(&interval, "StartUtc", &whole, &found, &err),
                 "Filters.UpdatedUtc.StartUtc",
                 "\"today\" is not an instant: write for example 2026-08-07T10:00:00Z");
    expect_error(json_get_timestamp_ms(&interval, "EndUtc", &whole, &found, &err),
                 "Filters.UpdatedUtc.EndUtc", "must be a string, but is a boolean");
    ck_assert(!found);
    json_document_release(&document);
}
END_TEST

START_TEST(explains_texts_of_the_wrong_form)
{
    struct uuid id;
    int32_t day;
    int64_t duration_ms;

    given("{\"id\":\"851df8c8\",\"day\":\"7.8.2026\",\"by\":\"10\"}");
    expect_error(json_get_uuid(&root, "id", &id, &found, &err), "id",
                 "\"851df8c8\" is not a uuid: write for example "
                 "\"851df8c8-90f2-4c4a-8e01-a4fc46b25178\"");
    expect_error(json_get_date_day(&root, "day", &day, &found, &err), "day",
                 "\"7.8.2026\" is not a date: write for example 2026-08-07");
    expect_error(json_get_duration_ms(&root, "by", &duration_ms, &found, &err), "by",
                 "\"10\" has no unit: write for example 250ms, 2s, 10m, 1h, 7d or PT10M");
    ck_assert_int_eq(json_get_uuid(&root, "id", &id, &found, NULL), STATUS_MALFORMED);
    json_document_release(&document);
}
END_TEST

START_TEST(walks_arrays)
{
    struct json_object scope, element;
    struct json_array ids, rows;
    struct uuid id;
    const char *text;
    int64_t whole;

    given("{\"Scope\":{\"EnterpriseIds\":[\"851df8c8-90f2-4c4a-8e01-a4fc46b25178\",7,null]},"
          "\"rows\":[{\"a\":[]},\"x\",3]}");
    ck_assert_int_eq(json_get_object(&root, "Scope", &scope, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_get_array(&scope, "EnterpriseIds", &ids, &found, &err), STATUS_OK);
    ck_assert_uint_eq(ids.count, 3);
    ck_assert_int_eq(json_array_next_uuid(&ids, &id, &err), STATUS_OK);
    expect_error(json_array_next_uuid(&ids, &id, &err), "Scope.EnterpriseIds[1]",
                 "must be a string, but is a number");
    ck_assert_int_eq(json_array_next_type(&ids), JSON_NUMBER);
    ck_assert_int_eq(json_array_next_i64(&ids, &whole, &err), STATUS_OK);
    ck_assert_int_eq(whole, 7);
    expect_error(json_array_next_text(&ids, &text, &err), "Scope.EnterpriseIds[2]",
                 "must be a string, but is null");
    ck_assert_int_eq(json_get_array(&root, "rows", &rows, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_array_next_object(&rows, &element, &err), STATUS_OK);
    ck_assert_str_eq(element.path, "rows[0]");
    expect_error(json_get_text(&element, "a", &text, &found, &err), "rows[0].a",
                 "must be a string, but is an array");
    ck_assert_int_eq(json_array_next_text(&rows, &text, &err), STATUS_OK);
    ck_assert_str_eq(text, "x");
    expect_error(json_array_next_object(&rows, &element, &err), "rows[2]",
                 "must be an object, but is a number");
    ck_assert_int_eq(json_array_next_i64(&rows, &whole, &err), STATUS_OK);
    ck_assert_int_eq(json_array_next_type(&rows), JSON_ABSENT);
    ck_assert_int_eq(json_array_next_i64(&rows, &whole, &err), STATUS_NOT_FOUND);
    json_document_release(&document);
}
END_TEST

static void refuse_twice(const char *text, const char *path)
{
    struct json_document refused = {NULL};

    ck_assert_int_eq(json_read(text, strlen(text), &refused, &err), STATUS_MALFORMED);
    ck_assert_str_eq(err.field, path);
    ck_assert_str_eq(err.message, "stands twice in its object: keep one");
    ck_assert_ptr_null(refused.root);
}

START_TEST(refuses_names_that_stand_twice)
{
    struct strbuf text = STRBUF_INIT;

    refuse_twice("{\"a\":1,\"b\":2,\"a\":1}", "a");
    refuse_twice("{\"a\":1,\"\\u0061\":1}", "a");
    refuse_twice("{\"x\":[0,{},{\"y\":{\"z\":1,\"z\":null}}],\"w\":1}", "x[2].y.z");
    refuse_twice("[[],[[{\"q\":1},{\"q\":1,\"r\":[],\"q\":{}}]]]", "[1][0][1].q");
    strbuf_append_text(&text, "{\"first\":{}");
    for (int i = 0; i < 100; i++)
        strbuf_appendf(&text, ",\"name%d\":%d", i * 7 % 100, i);
    strbuf_append_text(&text, "}");
    ck_assert_int_eq(json_read(text.data, text.length, &document, &err), STATUS_OK);
    json_document_release(&document);
    text.length--;
    strbuf_append_text(&text, ",\"name42\":[]}");
    refuse_twice(text.data, "name42");
    strbuf_release(&text);
    given("{\"a\":{\"b\":1},\"b\":[{\"a\":1},{\"a\":1}],\"A\":1,\"\":1}");
    json_document_release(&document);
}
END_TEST

START_TEST(reads_what_is_no_object)
{
    struct json_array array;
    const char *text;

    ck_assert_int_eq(json_read("[1]", 3, &document, &err), STATUS_OK);
    ck_assert_int_eq(json_root_type(&document), JSON_ARRAY);
    ck_assert_int_eq(json_root_array(&document, &array, &err), STATUS_OK);
    expect_error(json_root_object(&document, &root, &err), "",
                 "must be an object, but is an array");
    expect_error(json_array_next_text(&array, &text, &err), "[0]",
                 "must be a string, but is a number");
    json_document_release(&document);
    ck_assert_int_eq(json_read("\"happy\"", 7, &document, &err), STATUS_OK);
    ck_assert_int_eq(json_root_text(&document, &text, &err), STATUS_OK);
    ck_assert_str_eq(text, "happy");
    expect_error(json_root_array(&document, &array, &err), "", "must be an array, but is a string");
    json_document_release(&document);
}
END_TEST

START_TEST(reads_exactly_the_given_length)
{
    struct json_document refused = {NULL};

    ck_assert_int_eq(json_read("{}garbage", 2, &document, &err), STATUS_OK);
    json_document_release(&document);
    ck_assert_int_eq(json_read("{}garbage", 9, &refused, &err), STATUS_MALFORMED);
    ck_assert_ptr_null(refused.root);
    ck_assert_int_eq(json_read("1234", 2, &document, &err), STATUS_OK);
    json_document_release(&document);
}
END_TEST

/* A document of some blocks stays as it is while others come and go. */
START_TEST(documents_are_apart)
{
    struct strbuf text = STRBUF_INIT;
    struct json_document large, small;
    struct json_array array;
    const char *value;

    for (int i = 0; i < 20000; i++)
        strbuf_appendf(&text, "%s\"text %d\"", i ? "," : "[", i);
    strbuf_append_char(&text, ']');
    ck_assert_int_eq(json_read(text.data, text.length, &large, &err), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(json_read("[\"other\"]", 9, &small, &err), STATUS_OK);
        json_document_release(&small);
    }
    ck_assert_int_eq(json_root_array(&large, &array, &err), STATUS_OK);
    ck_assert_uint_eq(array.count, 20000);
    for (int i = 0; i < 20000; i++) {
        ck_assert_int_eq(json_array_next_text(&array, &value, &err), STATUS_OK);
        strbuf_reset(&text);
        strbuf_appendf(&text, "text %d", i);
        ck_assert_str_eq(value, text.data);
    }
    json_document_release(&large);
    strbuf_release(&text);
}
END_TEST

START_TEST(allows_comments_where_asked)
{
    static const char text[] = "// scenario\n{\"a\": 1 /* one */}\n";
    struct json_options options = {.comments = true, .values_max = SIZE_MAX};
    int64_t whole;

    ck_assert_int_eq(json_read(text, strlen(text), &document, &err), STATUS_MALFORMED);
    ck_assert_int_eq(json_read_with(text, strlen(text), &options, &document, &err), STATUS_OK);
    ck_assert_int_eq(json_root_object(&document, &root, &err), STATUS_OK);
    ck_assert_int_eq(json_get_i64(&root, "a", &whole, &found, &err), STATUS_OK);
    ck_assert_int_eq(whole, 1);
    json_document_release(&document);
    options.values_max = 1;
    ck_assert_int_eq(json_read_with(text, strlen(text), &options, &document, &err), STATUS_LIMIT);
}
END_TEST

START_TEST(finds_unknown_names)
{
    static const char *const known[] = {"Client", "EntityType", "Scope"};
    struct json_object scope;
    struct json_names names;
    const char *name;

    given("{\"Client\":1,\"Enitytype\":2,\"Scope\":{\"Limitation\":1}}");
    ck_assert(json_find_unknown(&root, known, 3, &name));
    ck_assert_str_eq(name, "Enitytype");
    ck_assert_int_eq(json_refuse_unknown(&root, known, 3, &err), STATUS_INVALID);
    ck_assert_str_eq(err.field, "Enitytype");
    ck_assert_str_eq(err.message, "is not known here: did you mean \"EntityType\"?");
    ck_assert_int_eq(json_get_object(&root, "Scope", &scope, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_refuse_unknown(&scope, known, 3, &err), STATUS_INVALID);
    ck_assert_str_eq(err.field, "Scope.Limitation");
    ck_assert_str_eq(err.message, "is not known here");
    names = json_names(&root);
    ck_assert_str_eq(json_names_next(&names), "Client");
    ck_assert_str_eq(json_names_next(&names), "Enitytype");
    ck_assert_str_eq(json_names_next(&names), "Scope");
    ck_assert_ptr_null(json_names_next(&names));
    json_document_release(&document);
    given("{\"Scope\":1,\"Client\":{}}");
    ck_assert_int_eq(json_refuse_unknown(&root, known, 3, &err), STATUS_OK);
    json_document_release(&document);
}
END_TEST

START_TEST(names_the_place_of_errors_of_callers)
{
    struct json_object scope;

    given("{\"Scope\":{}}");
    ck_assert_int_eq(json_get_object(&root, "Scope", &scope, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_error(&scope, "ChainIds", STATUS_INVALID, &err, "is %s", "empty"),
                     STATUS_INVALID);
    ck_assert_str_eq(err.field, "Scope.ChainIds");
    ck_assert_str_eq(err.message, "is empty");
    ck_assert_int_eq(json_error(&scope, NULL, STATUS_LIMIT, &err, "is much"), STATUS_LIMIT);
    ck_assert_str_eq(err.field, "Scope");
    json_document_release(&document);
}
END_TEST

/* A path that is too long is cut at the end of a character, never past the field. */
START_TEST(cuts_long_paths)
{
    struct strbuf text = STRBUF_INIT;
    struct json_object inner;
    struct json_names names;
    const char *name, *value;

    strbuf_append_text(&text, "{\"x");
    for (int i = 0; i < 100; i++)
        strbuf_append_text(&text, "\xc3\xa9");
    strbuf_append_text(&text, "\":{\"y\":1}}");
    given(text.data);
    names = json_names(&root);
    name = json_names_next(&names);
    ck_assert_int_eq(json_get_object(&root, name, &inner, &found, &err), STATUS_OK);
    ck_assert_int_eq(json_get_text(&inner, "y", &value, &found, &err), STATUS_MALFORMED);
    ck_assert_uint_eq(strlen(err.field), JSON_PATH_MAX - 1);
    json_document_release(&document);
    strbuf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reader");
    TCase *tests = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, reads_every_type);
    tcase_add_test(tests, takes_absent_and_null_alike);
    tcase_add_test(tests, names_the_path_of_a_wrong_type);
    tcase_add_test(tests, explains_texts_of_the_wrong_form);
    tcase_add_test(tests, walks_arrays);
    tcase_add_test(tests, refuses_names_that_stand_twice);
    tcase_add_test(tests, reads_what_is_no_object);
    tcase_add_test(tests, reads_exactly_the_given_length);
    tcase_add_test(tests, documents_are_apart);
    tcase_add_test(tests, allows_comments_where_asked);
    tcase_add_test(tests, finds_unknown_names);
    tcase_add_test(tests, names_the_place_of_errors_of_callers);
    tcase_add_test(tests, cuts_long_paths);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
