/*
 * patch: the places of a row's text that differ from row to row. All have fixed width, so that a
 * block has the same length wherever it stands.
 */
#ifndef DATA_PATCH_H
#define DATA_PATCH_H

#include <stdint.h>

enum patch_kind {
    PATCH_ROW_ID,     /* the id of a thing of the block: 28 characters; the time of day stays */
    PATCH_ROOM_ID,    /* the id of a room: 36 characters */
    PATCH_STATIC_ID,  /* the id of a thing the enterprise has once: 36 characters */
    PATCH_ENTERPRISE, /* 36 characters */
    PATCH_CHAIN,      /* 36 characters */
    PATCH_DATE,       /* the date of a day of the block: 10 characters */
    PATCH_MIDNIGHT,   /* the local midnight of a day and some seconds: 20 characters */
    PATCH_WALL,       /* a time of a local clock, after 03:00: 20 characters */
    PATCH_NUMBER      /* a running number: as many digits as the scale says */
};

/* Where and what; meaning of the rest depends on kind. */
struct patch {
    uint16_t at;      /* byte in the row */
    uint8_t kind;     /* enum patch_kind */
    uint8_t id_kind;  /* enum id_kind, for ids and numbers */
    uint32_t index;   /* in the block, for ids and numbers */
    int32_t day;      /* from the first day of the block */
    int32_t second_s; /* after that midnight, or of the local clock */
};

#endif
