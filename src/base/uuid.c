#include "base/uuid.h"

#include <endian.h>
#include <uuid/uuid.h>

#include "base/timestamp.h"

/* Days from 1900-01-01 to 1970-01-01. */
#define DAYS_1900_TO_1970 25567

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/*
 * Eight hex digits as four bytes, all at once. Adding carries into the high bit of a byte where it
 * is not below a bound, so that two sums tell which bytes lie in a range. What is no digit leaves
 * a high bit in *wrong.
 */
static inline void read_hex(const char *text, uint8_t *out, uint64_t *wrong)
{
    uint64_t x, lower, digits, letters;
    uint32_t bytes;

    memcpy(&x, text, sizeof x);
    x = le64toh(x);
    lower = x | EACH_BYTE(0x20);
    digits = (x + EACH_BYTE(0x80 - '0')) & ~(x + EACH_BYTE(0x7f - '9'));
    letters = (lower + EACH_BYTE(0x80 - 'a')) & ~(lower + EACH_BYTE(0x7f - 'f'));
    *wrong |= x | ~(digits | letters);
    x = (x & EACH_BYTE(0x0f)) + (letters >> 7 & EACH_BYTE(1)) * 9;
    x = (x << 4 | x >> 8) & UINT64_C(0x00ff00ff00ff00ff);
    x = (x | x >> 8) & UINT64_C(0x0000ffff0000ffff);
    bytes = htole32((uint32_t)(x | x >> 16));
    memcpy(out, &bytes, sizeof bytes);
}

bool uuid_read(const char *text, size_t length, struct uuid *out)
{
    uint64_t wrong = 0;
    char middle[16];
    struct uuid id;

    if (length != UUID_LENGTH || text[8] != '-' || text[13] != '-' || text[18] != '-' ||
        text[23] != '-')
        return false;
    memcpy(middle, text + 9, 4);
    memcpy(middle + 4, text + 14, 4);
    memcpy(middle + 8, text + 19, 4);
    memcpy(middle + 12, text + 24, 4);
    read_hex(text, id.bytes, &wrong);
    read_hex(middle, id.bytes + 4, &wrong);
    read_hex(middle + 8, id.bytes + 8, &wrong);
    read_hex(text + 28, id.bytes + 12, &wrong);
    if (wrong & EACH_BYTE(0x80))
        return false;
    *out = id;
    return true;
}

/*
 * Four bytes as eight hex digits, all at once: each byte is spread over two, each half becomes a
 * value 0 to 15, then '0' is added, and the distance from '9' to 'a' where it is above 9.
 */
static inline void write_hex(char *out, uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
    uint64_t x = a | (uint64_t)b << 16 | (uint64_t)c << 32 | (uint64_t)d << 48;
    uint64_t above_nine;

    x = (x >> 4 & UINT64_C(0x000f000f000f000f)) | (x & UINT64_C(0x000f000f000f000f)) << 8;
    above_nine = (x + UINT64_C(0x0606060606060606)) >> 4 & UINT64_C(0x0101010101010101);
    x += UINT64_C(0x3030303030303030) + above_nine * ('a' - '9' - 1);
    x = htole64(x);
    memcpy(out, &x, 8);
}

void uuid_write(char *out, const struct uuid *id)
{
    const uint8_t *b = id->bytes;
    char middle[16];

    write_hex(out, b[0], b[1], b[2], b[3]);
    write_hex(middle, b[4], b[5], b[6], b[7]);
    write_hex(middle + 8, b[8], b[9], b[10], b[11]);
    write_hex(out + 28, b[12], b[13], b[14], b[15]);
    out[8] = out[13] = out[18] = out[23] = '-';
    memcpy(out + 9, middle, 4);
    memcpy(out + 14, middle + 4, 4);
    memcpy(out + 19, middle + 8, 4);
    memcpy(out + 24, middle + 12, 4);
}

struct uuid uuid_from_name(const struct uuid *space, const void *name, size_t length)
{
    struct uuid id;

    uuid_generate_sha1(id.bytes, space->bytes, name, length);
    return id;
}

static void store_big_endian(uint8_t *out, uint64_t value, int bytes)
{
    while (bytes-- > 0) {
        out[bytes] = (uint8_t)value;
        value >>= 8;
    }
}

/* Marks an id as random. */
static void set_version(struct uuid *id)
{
    id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0f) | 0x40); /* version 4 */
    id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
}

struct uuid uuid_from_random(uint64_t first, uint64_t second)
{
    struct uuid id;

    for (unsigned i = 0; i < 8; i++) {
        id.bytes[i] = (uint8_t)(first >> 8 * i);
        id.bytes[8 + i] = (uint8_t)(second >> 8 * i);
    }
    set_version(&id);
    return id;
}

struct uuid uuid_platform(uint64_t random_high, uint16_t random_low, int64_t created_ms)
{
    struct uuid id;
    int32_t day = day_of_ms(created_ms);
    int64_t ms_of_day = created_ms - day * MS_PER_DAY;

    store_big_endian(id.bytes, random_high, 8);
    store_big_endian(id.bytes + 8, random_low, 2);
    set_version(&id);
    store_big_endian(id.bytes + 10, (uint64_t)(day + DAYS_1900_TO_1970), 2);
    store_big_endian(id.bytes + 12, (uint64_t)(ms_of_day * 3 / 10), 4);
    return id;
}
