#include "base/uuid.h"

#include <uuid/uuid.h>

#include "base/timestamp.h"

/* Days from 1900-01-01 to 1970-01-01. */
#define DAYS_1900_TO_1970 25567

/* Hex digits before which a hyphen stands, as byte indexes. */
static bool hyphen_before(size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool uuid_read(const char *text, size_t length, struct uuid *out)
{
    struct uuid id;

    if (length != UUID_LENGTH)
        return false;
    for (size_t i = 0; i < sizeof id.bytes; i++) {
        int high, low;

        if (hyphen_before(i) && *text++ != '-')
            return false;
        high = hex_value(text[0]);
        low = hex_value(text[1]);
        if (high < 0 || low < 0)
            return false;
        id.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    *out = id;
    return true;
}

void uuid_write(char *out, const struct uuid *id)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof id->bytes; i++) {
        if (hyphen_before(i))
            *out++ = '-';
        *out++ = digits[id->bytes[i] >> 4];
        *out++ = digits[id->bytes[i] & 15];
    }
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

struct uuid uuid_platform(uint64_t random_high, uint16_t random_low, int64_t created_ms)
{
    struct uuid id;
    int32_t day = day_of_ms(created_ms);
    int64_t ms_of_day = created_ms - day * MS_PER_DAY;

    store_big_endian(id.bytes, random_high, 8);
    store_big_endian(id.bytes + 8, random_low, 2);
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x40); /* version 4 */
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
    store_big_endian(id.bytes + 10, (uint64_t)(day + DAYS_1900_TO_1970), 2);
    store_big_endian(id.bytes + 12, (uint64_t)(ms_of_day * 3 / 10), 4);
    return id;
}
