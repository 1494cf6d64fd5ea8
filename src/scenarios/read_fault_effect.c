/* What a fault does. */
#include <inttypes.h>
#include <string.h>

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/parse.h"
#include "scenarios/member.h"
#include "scenarios/parts.h"

/* Statuses that are answers of their own; 1xx are not. */
#define STATUS_LEAST 200
#define STATUS_MOST  599
#define STATUS_ERROR 400 /* from here on the API has a body of its own */

static bool status_is_bodyless(int status)
{
    return status == 204 || status == 205 || status == 304;
}

static enum status read_body(const struct json_object *object, struct fault_answer *out,
                             struct error *err)
{
    const char *text;
    bool found;
    enum status status = json_get_text(object, "body", &text, &found, err);

    if (status != STATUS_OK)
        return status;
    if (!found && out->status < STATUS_ERROR)
        return json_error(object, "body", STATUS_INVALID, err,
                          "is missing: only for a status from 400 on there is a body to fall back "
                          "on; \"\" is none");
    if (!found)
        return STATUS_OK;
    if (strlen(text) > FAULT_BODY_MAX)
        return json_error(object, "body", STATUS_LIMIT, err, "is longer than %d bytes",
                          FAULT_BODY_MAX);
    if (*text && status_is_bodyless(out->status))
        return json_error(object, "body", STATUS_INVALID, err,
                          "must be \"\": an answer with status %d has none", out->status);
    out->body = memory_copy_text(text, strlen(text));
    return STATUS_OK;
}

static enum status read_answer(const struct json_object *object, struct fault_answer *out,
                               struct error *err)
{
    static const char *const keys[] = {"status", "retryAfter", "body"};
    struct json_object respond;
    int64_t code = 0;
    bool found;
    enum status status = json_get_object(object, "respond", &respond, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&respond, WORDS(keys), err);
    if (status == STATUS_OK)
        status = member_whole(&respond, "status", STATUS_LEAST, STATUS_MOST, &code, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(&respond, "status", "for example 503", err);
    out->status = (int)code;
    if (status == STATUS_OK)
        status = member_duration(&respond, "retryAfter", 0, PARSE_DURATION_MAX_MS,
                                 &out->retry_after_ms, &out->has_retry_after, err);
    return status == STATUS_OK ? read_body(&respond, out, err) : status;
}

/* "100KB/s", or a number of bytes a second. */
static enum status read_throttle(const struct json_object *object, struct delivery *out,
                                 struct error *err)
{
    const char *text;
    int64_t number = 0;
    size_t length;
    bool found;
    enum status status;

    if (json_type_of(object, "throttle") != JSON_TEXT) {
        status = member_whole(object, "throttle", 1, JSON_WHOLE_MAX, &number, &found, err);
        out->bytes_per_real_s = (uint64_t)number;
        return status;
    }
    status = json_get_text(object, "throttle", &text, &found, err);
    if (status != STATUS_OK)
        return status;
    length = strlen(text);
    if (length <= 2 || strcmp(text + length - 2, "/s") != 0 ||
        !parse_bytes(text, length - 2, &out->bytes_per_real_s) || out->bytes_per_real_s == 0 ||
        out->bytes_per_real_s > (uint64_t)JSON_WHOLE_MAX)
        return json_error(object, "throttle", STATUS_INVALID, err,
                          "%s is no speed: write for example \"100KB/s\", or a number of bytes a "
                          "second from 1 on",
                          excerpt(text, length).text);
    return STATUS_OK;
}

static enum status read_cut(const struct json_object *object, struct delivery *out,
                            struct error *err)
{
    static const char *const keys[] = {"afterBytes", "how"};
    const char *const names[] = {cut_name(CUT_CLOSE), cut_name(CUT_RESET), cut_name(CUT_STALL)};
    struct json_object cut;
    int64_t after_bytes = 0;
    unsigned which = 0;
    bool found;
    enum status status = json_get_object(object, "cut", &cut, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&cut, WORDS(keys), err);
    if (status == STATUS_OK)
        status = member_choice(&cut, "how", WORDS(names), &which, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(&cut, "how", "\"close\", \"reset\" or \"stall\"", err);
    if (status == STATUS_OK)
        status = member_whole(&cut, "afterBytes", 0, JSON_WHOLE_MAX, &after_bytes, &found, err);
    if (status != STATUS_OK)
        return status;
    out->cut = (enum cut_how)(CUT_CLOSE + (int)which);
    out->cut_before_answer = !found;
    out->cut_after_bytes = (uint64_t)after_bytes;
    return STATUS_OK;
}

/* What a corruption needs to know where it is. */
enum place { PLACE_ROW, PLACE_ROW_OR_BYTE, PLACE_NONE, PLACE_SIZE };

static enum place place_of(enum corruption_how how)
{
    static const enum place places[CORRUPT_HOW_COUNT] = {
        [CORRUPT_CUT_IN_UTF8] = PLACE_ROW,      [CORRUPT_CUT_ROW] = PLACE_ROW,
        [CORRUPT_NO_LINE_END] = PLACE_ROW,      [CORRUPT_NOT_JSON] = PLACE_ROW,
        [CORRUPT_FLIP_BIT] = PLACE_ROW_OR_BYTE, [CORRUPT_NUL] = PLACE_ROW_OR_BYTE,
        [CORRUPT_NO_LAST_NEWLINE] = PLACE_NONE, [CORRUPT_WRONG_SIZE] = PLACE_SIZE,
    };

    return places[how];
}

/* What was given of a corruption. */
struct given {
    bool row, byte, by;
};

static enum status refuse_extra(const struct json_object *corrupt, const char *name,
                                enum corruption_how how, struct error *err)
{
    return json_error(corrupt, name, STATUS_INVALID, err, "has no meaning for %s",
                      corruption_name(how));
}

static enum status check_place(const struct json_object *corrupt,
                               const struct corruption *corruption, struct given given,
                               struct error *err)
{
    enum corruption_how how = corruption->how;
    enum place place = place_of(how);

    if (given.row && place != PLACE_ROW && place != PLACE_ROW_OR_BYTE)
        return refuse_extra(corrupt, "row", how, err);
    if (given.byte && place != PLACE_ROW_OR_BYTE)
        return refuse_extra(corrupt, "byte", how, err);
    if (given.by && place != PLACE_SIZE)
        return refuse_extra(corrupt, "by", how, err);
    if (given.row && given.byte)
        return json_error(corrupt, "byte", STATUS_INVALID, err,
                          "contradicts row: give one of them, byte counts from the file's start");
    if (place == PLACE_ROW && !given.row)
        return member_missing(corrupt, "row", "the number of the row, from 1 on", err);
    if (place == PLACE_ROW_OR_BYTE && !given.row && !given.byte)
        return member_missing(corrupt, "byte", "its offset in the file, or give a row", err);
    if (place == PLACE_SIZE && !given.by)
        return member_missing(corrupt, "by", "by how many bytes the size is off, for example -1",
                              err);
    if (place == PLACE_SIZE && corruption->by_bytes == 0)
        return json_error(corrupt, "by", STATUS_INVALID, err,
                          "does nothing: it must not be 0, for example 1 or -1");
    return STATUS_OK;
}

/* Sizes are told by getAll, bytes come with downloads. */
static enum status check_target(const struct json_object *object, const struct fault *fault,
                                struct error *err)
{
    enum fault_target target =
        fault->corruption.how == CORRUPT_WRONG_SIZE ? FAULT_GET_ALL : FAULT_DOWNLOAD;

    if (fault->targets == 1u << target)
        return STATUS_OK;
    return json_error(object, "on", STATUS_INVALID, err, "must be \"%s\" for %s",
                      fault_target_name(target), corruption_name(fault->corruption.how));
}

static enum status read_how(const struct json_object *corrupt, enum corruption_how *out,
                            struct error *err)
{
    const char *names[CORRUPT_HOW_COUNT - 1];
    unsigned which = 0;
    bool found;
    enum status status;

    for (int how = CORRUPT_NONE + 1; how < CORRUPT_HOW_COUNT; how++)
        names[how - 1] = corruption_name((enum corruption_how)how);
    status = member_choice(corrupt, "how", WORDS(names), &which, &found, err);
    if (status == STATUS_OK && !found)
        status = member_missing(corrupt, "how", "for example \"cut-row\"", err);
    if (status == STATUS_OK)
        *out = (enum corruption_how)(which + 1);
    return status;
}

static enum status read_corruption(const struct json_object *object, struct fault *fault,
                                   struct error *err)
{
    static const char *const keys[] = {"row", "byte", "how", "by"};
    struct corruption *out = &fault->corruption;
    struct json_object corrupt;
    struct given given = {false, false, false};
    int64_t row = 0, byte = 0;
    bool found;
    enum status status = json_get_object(object, "corrupt", &corrupt, &found, err);

    if (status != STATUS_OK || !found)
        return status;
    status = member_only(&corrupt, WORDS(keys), err);
    if (status == STATUS_OK)
        status = read_how(&corrupt, &out->how, err);
    if (status == STATUS_OK)
        status = member_whole(&corrupt, "row", 1, JSON_WHOLE_MAX, &row, &given.row, err);
    if (status == STATUS_OK)
        status = member_whole(&corrupt, "byte", 0, JSON_WHOLE_MAX, &byte, &given.byte, err);
    if (status == STATUS_OK)
        status = json_get_i64(&corrupt, "by", &out->by_bytes, &given.by, err);
    if (status != STATUS_OK)
        return status;
    out->row = (uint64_t)row;
    out->byte = (uint64_t)byte;
    out->has_byte = given.byte;
    status = check_place(&corrupt, out, given, err);
    return status == STATUS_OK ? check_target(object, fault, err) : status;
}

/* Refuses effects of which one hides the other, and a fault without any. */
static enum status check_effect(const struct json_object *object, const struct fault *fault,
                                struct error *err)
{
    const struct delivery *delivery = &fault->delivery;
    bool corrupts = fault->corruption.how != CORRUPT_NONE;
    const char *hidden = fault->answer.status         ? "respond"
                         : corrupts                   ? "corrupt"
                         : delivery->bytes_per_real_s ? "throttle"
                                                      : NULL;

    if (!hidden && delivery->cut == CUT_NONE && delivery->delay_real_ms == 0)
        return json_error(object, NULL, STATUS_INVALID, err,
                          "does nothing: give respond, delay, throttle, cut or corrupt");
    if (fault->answer.status && corrupts)
        return json_error(object, "corrupt", STATUS_INVALID, err,
                          "contradicts respond: the answer that would be corrupted is not sent");
    if (delivery->cut_before_answer && hidden)
        return json_error(object, hidden, STATUS_INVALID, err,
                          "contradicts cut: without afterBytes no answer is sent at all");
    return STATUS_OK;
}

enum status read_fault_effect(const struct json_object *object, struct fault *fault,
                              struct error *err)
{
    bool found;
    enum status status = read_answer(object, &fault->answer, err);

    if (status == STATUS_OK)
        status = member_duration(object, "delay", 1, FAULT_DELAY_MAX_MS,
                                 &fault->delivery.delay_real_ms, &found, err);
    if (status == STATUS_OK)
        status = read_throttle(object, &fault->delivery, err);
    if (status == STATUS_OK)
        status = read_cut(object, &fault->delivery, err);
    if (status == STATUS_OK)
        status = read_corruption(object, fault, err);
    return status == STATUS_OK ? check_effect(object, fault, err) : status;
}
