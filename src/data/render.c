#include "data/render.h"

#include <string.h>

#include "base/rng.h"

/* Days from 1900-01-01, where the platform's ids count from, to 1970-01-01. */
#define DAYS_1900_TO_1970 25567

/*
 * The index of an id: block, row of the block and house. It may wrap around at ID_INDEX_LIMIT: what
 * an export holds at most, a year of 10^10 rows, is a quarter of that.
 */
#define ROW_BITS 13

/* Things an enterprise has once were made on this day, 2015-01-05. */
#define STATIC_DAY 16440

static const char hex_pairs[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                                "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
                                "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
                                "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
                                "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
                                "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
                                "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                                "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                  "25262728293031323334353637383940414243444546474849"
                                  "50515253545556575859606162636465666768697071727374"
                                  "75767778798081828384858687888990919293949596979899";

static inline void put_hex(char *out, uint64_t byte)
{
    memcpy(out, hex_pairs + 2 * (byte & 255), 2);
}

static inline void put_two(char *out, unsigned value)
{
    memcpy(out, digit_pairs + 2 * value, 2);
}

/* The 28 characters before the time of day of an id. */
static inline void put_id_head(char *out, uint64_t high, uint16_t low, uint16_t day)
{
    put_hex(out, high >> 56);
    put_hex(out + 2, high >> 48);
    put_hex(out + 4, high >> 40);
    put_hex(out + 6, high >> 32);
    out[8] = '-';
    put_hex(out + 9, high >> 24);
    put_hex(out + 11, high >> 16);
    out[13] = '-';
    put_hex(out + 14, high >> 8);
    put_hex(out + 16, high);
    out[18] = '-';
    put_hex(out + 19, low >> 8);
    put_hex(out + 21, low);
    out[23] = '-';
    put_hex(out + 24, day >> 8);
    put_hex(out + 26, day);
}

static void fill_day(enum zone zone, struct render_day *entry, int32_t day)
{
    entry->day = day;
    date_write(entry->date, day);
    entry->midnight_offset_s = zone_midnight_offset_s(zone, day);
    entry->daytime_offset_s = zone_daytime_offset_s(zone, day);
}

static inline const struct render_day *day_of(const struct render *render, int32_t day)
{
    struct render_day *entry = &render->days->entries[(uint32_t)day & (RENDER_CACHED_DAYS - 1)];

    if (entry->day != day)
        fill_day(render->days->zone, entry, day);
    return entry;
}

/* The instant offset_s before or after second_s of day, as text. */
static inline void put_instant(struct render *render, char *out, int32_t day, int32_t second_s)
{
    while (second_s < 0) {
        second_s += (int32_t)SECONDS_PER_DAY;
        day--;
    }
    while (second_s >= SECONDS_PER_DAY) {
        second_s -= (int32_t)SECONDS_PER_DAY;
        day++;
    }
    memcpy(out, day_of(render, day)->date, DATE_LENGTH);
    out[10] = 'T';
    put_two(out + 11, (unsigned)second_s / 3600);
    out[13] = ':';
    put_two(out + 14, (unsigned)second_s / 60 % 60);
    out[16] = ':';
    put_two(out + 17, (unsigned)second_s % 60);
    out[19] = 'Z';
}

static inline void put_number(char *out, uint64_t value, unsigned width)
{
    while (width > 1) {
        width -= 2;
        put_two(out + width, (unsigned)(value % 100));
        value /= 100;
    }
    if (width)
        *out = (char)('0' + value % 10);
}

static inline void put_row_id(struct render *render, const struct patch *patch, uint64_t block,
                              uint64_t house, char *out)
{
    uint32_t step = render->rank_steps[patch->id_kind];
    uint64_t high;
    uint16_t low;

    id_scramble(&render->keys[patch->id_kind],
                (block << ROW_BITS | patch->index) * render->houses + house,
                step == ID_ANY_RANK ? 0 : patch->index * step, step, &high, &low);
    put_id_head(out, high, low, (uint16_t)(render->first_day + patch->day + DAYS_1900_TO_1970));
}

static inline void put_room_id(struct render *render, const struct patch *patch, uint64_t block,
                               uint64_t house, char *out)
{
    uint64_t cycle = (uint64_t)render->room_cycle;
    uint64_t high;
    uint16_t low;

    id_scramble(&render->keys[ID_RESOURCE],
                (patch->index * cycle + block % cycle) * render->houses + house, 0, ID_ANY_RANK,
                &high, &low);
    put_id_head(out, high, low, STATIC_DAY + DAYS_1900_TO_1970);
}

static inline void put_patch(struct render *render, const struct patch *patch, uint64_t block,
                             uint64_t house, char *out)
{
    const struct render_day *day;

    switch ((enum patch_kind)patch->kind) {
    case PATCH_ROW_ID:
        put_row_id(render, patch, block, house, out);
        break;
    case PATCH_ROOM_ID:
        put_room_id(render, patch, block, house, out);
        break;
    case PATCH_STATIC_ID:
        memcpy(out, render->statics[patch->id_kind - ID_SERVICE][patch->index], UUID_LENGTH);
        break;
    case PATCH_ENTERPRISE:
        memcpy(out, render->enterprise_id, UUID_LENGTH);
        break;
    case PATCH_CHAIN:
        memcpy(out, render->chain_id, UUID_LENGTH);
        break;
    case PATCH_DATE:
        memcpy(out, day_of(render, render->first_day + patch->day)->date, DATE_LENGTH);
        break;
    case PATCH_MIDNIGHT:
        day = day_of(render, render->first_day + patch->day);
        put_instant(render, out, day->day, patch->second_s - day->midnight_offset_s);
        break;
    case PATCH_WALL:
        day = day_of(render, render->first_day + patch->day);
        put_instant(render, out, day->day, patch->second_s - day->daytime_offset_s);
        break;
    case PATCH_NUMBER:
        put_number(out,
                   render->number_base[patch->id_kind] +
                       (block * render->rows_per_block[patch->id_kind] + patch->index) *
                           render->houses +
                       house,
                   render->digits[patch->id_kind]);
        break;
    }
}

void render_row(struct render *render, const struct block *block, const struct template *template,
                int64_t home_block, uint64_t house, char *out)
{
    const struct patch *patch = block->patches.items + template->patches;
    const struct patch *end = patch + template->patch_count;

    render->first_day = render->opening_day + (int32_t)(home_block * render->period_days);
    memcpy(out, block->text.data + template->text, template->length);
    for (; patch < end; patch++)
        put_patch(render, patch, (uint64_t)home_block, house, out + patch->at);
}

static void init_statics(struct render *render)
{
    for (int kind = ID_SERVICE; kind < ID_KIND_COUNT; kind++) {
        for (unsigned i = 0; i < RENDER_STATICS; i++) {
            struct uuid id =
                id_make(&render->keys[kind], i, (STATIC_DAY + (int64_t)i) * SECONDS_PER_DAY);

            uuid_write(render->statics[kind - ID_SERVICE][i], &id);
        }
    }
}

/* Numbers of chain-wide types begin with digits of the enterprise, so that they do not meet. */
static void init_numbers(struct render *render, const struct hotel_facts *facts,
                         const struct scale *scale, const struct enterprise *enterprise)
{
    uint64_t name = rng_hash(0, enterprise->id.bytes, sizeof enterprise->id.bytes);

    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        bool chain = entity_is_chain_scoped((enum entity_type)type);
        uint64_t base = 1, prefix = 1;

        for (int i = 1; i < scale->digits[type] - (chain ? 3 : 0); i++)
            base *= 10;
        prefix = base * 10 * (100 + name % 900);
        render->number_base[type] = chain ? prefix + base : base;
        render->rows_per_block[type] = facts->row_counts[type];
    }
}

/*
 * Rows of one instant stand in the order of their index in the block; so do their ids. Source:
 * contract/README.md, order of rows in a file: creation time, then id.
 */
static void init_ranks(struct render *render)
{
    for (int kind = 0; kind < ID_KIND_COUNT; kind++) {
        uint64_t rows = render->rows_per_block[kind];

        render->rank_steps[kind] = rows ? ID_ANY_RANK / (uint32_t)rows : ID_ANY_RANK;
    }
}

void render_days_init(struct render_days *days, enum zone zone)
{
    days->zone = zone;
    for (int32_t i = 0; i < RENDER_CACHED_DAYS; i++)
        days->entries[i].day = INT32_MIN;
}

void render_init(struct render *render, const struct hotel_facts *facts, const struct scale *scale,
                 const struct enterprise *enterprise, uint64_t seed, int32_t opening_day,
                 struct render_days *days)
{
    render->days = days;
    render->opening_day = opening_day;
    render->period_days = scale->period_days;
    render->room_cycle = facts->room_cycle;
    render->houses = scale->houses;
    render->digits = scale->digits;
    for (int kind = 0; kind < ID_KIND_COUNT; kind++)
        render->keys[kind] = id_key_of(seed, &enterprise->id, (enum id_kind)kind);
    uuid_write(render->enterprise_id, &enterprise->id);
    uuid_write(render->chain_id, &enterprise->chain_id);
    init_statics(render);
    init_numbers(render, facts, scale, enterprise);
    init_ranks(render);
}
