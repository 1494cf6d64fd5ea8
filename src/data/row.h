/*
 * row: writes the template of one row, property by property in wire order, and notes the places
 * that differ from block to block by itself: nobody counts offsets.
 *
 * Instants are seconds from the UTC midnight that begins the row's block (suffix _at); NEVER_AT
 * writes null. Names of properties must need no JSON escape. In arrays, name is NULL.
 */
#ifndef DATA_ROW_H
#define DATA_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "base/timestamp.h"
#include "data/ids.h"
#include "data/patch.h"
#include "data/strange.h"

#define NEVER_AT INT64_MAX

/* What a property points to. */
struct id_ref {
    enum id_kind kind; /* ID_KIND_COUNT: nothing, written as null */
    uint32_t index;
    int64_t created_at; /* of a thing of the block; else unused */
};

#define NO_REF \
    (struct id_ref) \
    { \
        ID_KIND_COUNT, 0, 0 \
    }

/* Growing lists that a whole block of templates shares. */
struct patch_list {
    struct patch *items; /* owned by whoever owns the list */
    uint32_t count;
    uint32_t capacity;
};

struct row {
    struct strbuf *text;        /* where the row is appended */
    struct patch_list *patches; /* likewise */
    size_t start;               /* of the row in text */
    int32_t api_day;            /* decides which properties exist */
    int64_t at;                 /* the instant the row shows: what came later is not known yet */
    const uint8_t *digits;      /* width of running numbers by enum id_kind */
    bool separate;              /* a comma stands before the next value */
    struct strange strange;     /* what hazards do to the row */
};

/* True when the docs of the row's day have what came with the docs of the date. */
static inline bool row_since(const struct row *row, int year, int month, int day)
{
    return row->api_day >= day_from_civil((struct civil_date){year, month, day});
}

/*
 * True in the docs of 2024-08-21 and before, where some properties were required. Source:
 * contract/entities.json, seed_era.
 */
static inline bool row_in_seed_era(const struct row *row)
{
    return !row_since(row, 2024, 8, 22);
}

/* True when at lies not after the instant the row shows. */
static inline bool row_happened(const struct row *row, int64_t at)
{
    return at <= row->at;
}

/* at when it has happened, else NEVER_AT. */
static inline int64_t row_past(const struct row *row, int64_t at)
{
    return row_happened(row, at) ? at : NEVER_AT;
}

/* The row itself: opens and ends the object and its line. */
void row_begin(struct row *row);
void row_end(struct row *row);

/* Structure: a named value that is opened must be closed; an empty array needs no closing. */
void row_open_object(struct row *row, const char *name);
void row_close_object(struct row *row);
void row_open_array(struct row *row, const char *name);
void row_close_array(struct row *row);
void row_empty_array(struct row *row, const char *name);

/* Values that are written as they are. */
void row_null(struct row *row, const char *name);
void row_bool(struct row *row, const char *name, bool value);
void row_int(struct row *row, const char *name, int64_t value);

/* A decimal number given in hundredths, without trailing zeros. */
void row_decimal(struct row *row, const char *name, int64_t hundredths);

/* UTF-8 text, escaped; NULL writes null. */
void row_text(struct row *row, const char *name, const char *text);

/* An id or null. */
void row_id(struct row *row, const char *name, struct id_ref ref);
void row_enterprise_id(struct row *row, const char *name);
void row_chain_id(struct row *row, const char *name);

/* A UTC instant of the block. */
void row_instant(struct row *row, const char *name, int64_t at);

/* The local midnight that begins day, and second_s later. */
void row_midnight(struct row *row, const char *name, int32_t day, int32_t second_s);

/* second_s of the local clock on day; not before 03:00, when clocks may change. */
void row_wall(struct row *row, const char *name, int32_t day, int32_t second_s);

/* The date of a day of the block. */
void row_date(struct row *row, const char *name, int32_t day);

/* A running number of kind, as a JSON number. */
void row_number(struct row *row, const char *name, enum id_kind kind, uint32_t index);

/* Text with a running number in it: before and after are escaped, the number stands between. */
void row_number_text(struct row *row, const char *name, const char *before, enum id_kind kind,
                     uint32_t index, const char *after);

/* Parts of a string value, for text that holds ids. */
void row_open_text(struct row *row, const char *name);
void row_text_part(struct row *row, const char *text);
void row_id_part(struct row *row, struct id_ref ref);
void row_close_text(struct row *row);

#endif
