/*
 * parcel: a cell on its way from the process that filled it to the one that reports it. Both are
 * the same program, so what has no pointers travels as it lies in memory.
 */
#ifndef TRIAL_PARCEL_H
#define TRIAL_PARCEL_H

#include "base/status.h"
#include "base/strbuf.h"
#include "trial/cell.h"

/* What a worker has to say. */
struct parcel {
    enum status status;
    struct error err; /* when status is not STATUS_OK */
    int interruption; /* the signal that broke the work off; 0: none */
    struct cell cell;
};

/* Appends the parcel; the cell stays the caller's. */
void parcel_write(struct strbuf *out, const struct parcel *parcel);

/* Reads it back; false when it is not whole. The caller owns the cell. */
bool parcel_read(const struct strbuf *in, struct parcel *parcel);

#endif
