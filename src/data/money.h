/*
 * money: amounts in minor units (hundredths) whose parts agree: gross = net + taxes, exactly.
 *
 * In a gross environment the gross price is the round one and net is derived; in a net environment
 * the reverse. Tax codes: contract/data-facts.md; the rates of US-DC-* are assumed.
 */
#ifndef DATA_MONEY_H
#define DATA_MONEY_H

#include <stdint.h>

#include "contract/enterprise.h"

/* The currencies of the demo environment. Source: contract/protocol.json, currencies. */
enum currency { CURRENCY_GBP, CURRENCY_USD, CURRENCY_EUR };

/* What is taxed how; the environment decides code and rate. */
enum tax_class { TAX_LODGING, TAX_FOOD, TAX_GOODS, TAX_ZERO, TAX_PACKAGE, TAX_NONE };

#define MONEY_MAX_TAXES 2

/* One tax of an amount and the part of net it was computed from. */
struct tax_part {
    const char *code;
    int64_t net;
    int64_t tax;
};

struct amount {
    enum currency currency;
    int64_t net;
    int64_t gross;
    unsigned tax_count; /* 0: untaxed */
    struct tax_part taxes[MONEY_MAX_TAXES];
};

/* The three letters of ISO 4217. */
const char *currency_code(enum currency currency);

/* The currency of an environment: pounds where prices are gross, dollars where they are net. */
enum currency currency_of(enum pricing pricing);

/* The amount for a round price entered in the environment. */
struct amount amount_of_price(enum pricing pricing, enum tax_class tax, int64_t price);

/* An amount without taxes, such as a payment. */
struct amount amount_untaxed(enum currency currency, int64_t value);

/* Every part times factor (may be negative). */
struct amount amount_times(struct amount amount, int64_t factor);

/* The amount in the currency it was entered in, at the rate of percent hundredths for one unit. */
struct amount amount_convert(struct amount amount, enum currency currency, int64_t percent);

#endif
