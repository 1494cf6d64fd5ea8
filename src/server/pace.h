/*
 * pace: how fast a body leaves when its speed is limited: in small pieces, each at the instant
 * before which the rate does not allow it. Pure arithmetic; instants are arguments.
 */
#ifndef SERVER_PACE_H
#define SERVER_PACE_H

#include <stddef.h>
#include <stdint.h>

struct pace {
    uint64_t bytes_per_real_s;
    int64_t begun_real_ms; /* moves on when the client was slower than the pace */
};

/* A pace that begins now; bytes_per_real_s at least 1. Beyond 1 TB/s it is no limit. */
struct pace pace_begin(uint64_t bytes_per_real_s, int64_t now_real_ms);

/* How much leaves at once: a tenth of a second's worth, from 1 byte to 64 KiB. */
size_t pace_piece_bytes(uint64_t bytes_per_real_s);

/* When the piece behind sent_bytes may leave; the first one at the beginning. */
int64_t pace_due_real_ms(const struct pace *pace, uint64_t sent_bytes);

/*
 * Tells that the piece behind sent_bytes leaves now. A client that read too slowly does not get
 * what it missed in one rush: at most a quarter of a second's worth is made up for.
 */
void pace_leave(struct pace *pace, uint64_t sent_bytes, int64_t now_real_ms);

#endif
