/*
 * delivery: how an answer is brought to its client, where that is not "at once and whole". A value
 * that a fault decides on and that only server/ acts on. Real time throughout: these are the
 * troubles of a network, and the virtual clock does not bend them.
 */
#ifndef CORE_DELIVERY_H
#define CORE_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

/* How an answer breaks off. */
enum cut_how {
    CUT_NONE,
    CUT_CLOSE, /* the connection ends in good order (FIN) under a Content-Length that was true */
    CUT_RESET, /* the connection ends with a TCP reset */
    CUT_STALL  /* nothing more is sent; the connection stays until the client goes */
};

/* All zero: at once and whole. */
struct delivery {
    int64_t delay_real_ms;     /* waits so long before the first byte of the header fields */
    uint64_t bytes_per_real_s; /* of the body, spread evenly; 0: as fast as it goes */
    enum cut_how cut;
    bool cut_before_answer;   /* not even a status line is sent */
    uint64_t cut_after_bytes; /* of the body as it is sent (of a range: of that range) */
};

#endif
