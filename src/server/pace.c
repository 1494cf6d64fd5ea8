#include "server/pace.h"

#define RATE_MAX         UINT64_C(1000000000000)
#define PIECE_MAX_BYTES  ((uint64_t)64 << 10)
#define PIECES_PER_S     10
#define MADE_UP_REAL_MS  250
#define MS_PER_REAL_S    1000
#define SENT_MAX_REAL_MS (INT64_MAX / 4) /* far enough, and sums of it do not overflow */

struct pace pace_begin(uint64_t bytes_per_real_s, int64_t now_real_ms)
{
    return (struct pace){bytes_per_real_s < RATE_MAX ? bytes_per_real_s : RATE_MAX, now_real_ms};
}

size_t pace_piece_bytes(uint64_t bytes_per_real_s)
{
    uint64_t piece = bytes_per_real_s / PIECES_PER_S;

    if (piece == 0)
        return 1;
    return (size_t)(piece < PIECE_MAX_BYTES ? piece : PIECE_MAX_BYTES);
}

int64_t pace_due_real_ms(const struct pace *pace, uint64_t sent_bytes)
{
    uint64_t rate = pace->bytes_per_real_s, whole_s = sent_bytes / rate;

    if (whole_s > SENT_MAX_REAL_MS / MS_PER_REAL_S)
        return SENT_MAX_REAL_MS;
    return pace->begun_real_ms +
           (int64_t)(whole_s * MS_PER_REAL_S + sent_bytes % rate * MS_PER_REAL_S / rate);
}

void pace_leave(struct pace *pace, uint64_t sent_bytes, int64_t now_real_ms)
{
    int64_t late_real_ms = now_real_ms - pace_due_real_ms(pace, sent_bytes);

    if (late_real_ms > MADE_UP_REAL_MS)
        pace->begun_real_ms += late_real_ms - MADE_UP_REAL_MS;
}
