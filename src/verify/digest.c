#include "verify/digest.h"

#include <string.h>

#include "base/rng.h"
#include "verify/json_scan.h"

#define LANE_COUNT 4
#define STEP_BYTES (LANE_COUNT * sizeof(uint64_t))
#define FACTOR     UINT64_C(0xd6e8feb86659fd93)

static const char ID_BEGINS[] = "{\"Id\":\"";

#define ID_AT     (sizeof ID_BEGINS - 1)
#define ID_LENGTH 36

/* One step of all lanes; they do not wait for one another. */
static inline void mix_step(uint64_t lanes[LANE_COUNT], const unsigned char *at)
{
    uint64_t words[LANE_COUNT];

    memcpy(words, at, sizeof words);
    for (int i = 0; i < LANE_COUNT; i++) {
        uint64_t mixed = lanes[i] ^ words[i];

        lanes[i] = (mixed << 27 | mixed >> 37) * FACTOR;
    }
}

uint64_t digest_bytes(const void *bytes, size_t length)
{
    uint64_t lanes[LANE_COUNT] = {FACTOR, ~FACTOR, FACTOR << 1, length};
    const unsigned char *at = bytes;
    unsigned char last[STEP_BYTES] = {0};
    size_t left = length;

    for (; left >= STEP_BYTES; left -= STEP_BYTES, at += STEP_BYTES)
        mix_step(lanes, at);
    if (left > 0) {
        memcpy(last, at, left);
        mix_step(lanes, last);
    }
    return rng_mix(rng_mix(rng_mix(rng_mix(lanes[0]) ^ lanes[1]) ^ lanes[2]) ^ lanes[3]);
}

bool digest_id(const char *row, size_t length, uint64_t *out)
{
    const char *id;
    size_t id_length;

    if (length > ID_AT + ID_LENGTH && memcmp(row, ID_BEGINS, ID_AT) == 0 &&
        memchr(row + ID_AT, '"', ID_LENGTH + 1) == row + ID_AT + ID_LENGTH) {
        *out = digest_bytes(row + ID_AT, ID_LENGTH);
        return true;
    }
    if (!json_scan_member(row, length, "Id", &id, &id_length))
        return false;
    *out = digest_bytes(id, id_length);
    return true;
}
