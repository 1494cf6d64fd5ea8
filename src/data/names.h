/*
 * names: what people, companies and streets are called in the hotel. Common names of many
 * languages, combined freely; no real persons. E-mail and telephone come from reserved ranges.
 */
#ifndef DATA_NAMES_H
#define DATA_NAMES_H

#include <stdint.h>

/* Where a guest comes from: names of one language and an address to go with them. */
struct locale {
    const char *first_names[4]; /* two of men, two of women */
    const char *last_names[3];
    const char *second_last_name; /* where people have one, else NULL */
    const char *country;          /* ISO 3166-1 alpha-2 */
    const char *subdivision;      /* ISO 3166-2, or NULL */
    const char *language;         /* language-culture */
    const char *street;
    const char *city;
    const char *postal_code;
};

/* The locale number modulo their count. */
const struct locale *locale_at(uint64_t number);

/* A company's name, number modulo their count. */
const char *company_name_at(uint64_t number);

/* A remark of a guest or of the staff. */
const char *remark_at(uint64_t number);

#endif
