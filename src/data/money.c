#include "data/money.h"

/* A tax rate of an environment, in hundredths of a percent. */
struct tax_rate {
    const char *code;
    int32_t rate;
};

static const struct tax_rate gross_rates[] = {
    [TAX_LODGING] = {"UK-S", 2000}, [TAX_FOOD] = {"UK-2020-R", 500}, [TAX_GOODS] = {"UK-S", 2000},
    [TAX_ZERO] = {"UK-Z", 0},       [TAX_PACKAGE] = {"UK-S", 2000},
};

static const struct tax_rate net_rates[] = {
    [TAX_LODGING] = {"US-DC-L", 1495}, [TAX_FOOD] = {"US-DC-R", 1000},
    [TAX_GOODS] = {"US-DC-G", 600},    [TAX_ZERO] = {"US-DC-Z", 0},
    [TAX_PACKAGE] = {"US-DC-L", 1495},
};

/* value * rate / scale, rounded half away from zero. */
static int64_t scaled(int64_t value, int64_t rate, int64_t scale)
{
    int64_t product = value * rate;

    return product >= 0 ? (product + scale / 2) / scale : -((-product + scale / 2) / scale);
}

const char *currency_code(enum currency currency)
{
    static const char *const codes[] = {"GBP", "USD", "EUR"};

    return codes[currency];
}

enum currency currency_of(enum pricing pricing)
{
    return pricing == PRICING_GROSS ? CURRENCY_GBP : CURRENCY_USD;
}

static void amount_add_part(struct amount *amount, const char *code, int64_t net, int64_t tax)
{
    amount->taxes[amount->tax_count++] = (struct tax_part){code, net, tax};
    amount->net += net;
    amount->gross += net + tax;
}

static void add_net_price(struct amount *amount, const struct tax_rate *rate, int64_t net)
{
    amount_add_part(amount, rate->code, net, scaled(net, rate->rate, 10000));
}

struct amount amount_of_price(enum pricing pricing, enum tax_class tax, int64_t price)
{
    struct amount amount = {.currency = currency_of(pricing)};
    int64_t net;

    if (tax == TAX_NONE)
        return amount_untaxed(amount.currency, price);
    if (pricing == PRICING_GROSS) {
        net = scaled(price, 10000, 10000 + gross_rates[tax].rate);
        amount_add_part(&amount, gross_rates[tax].code, net, price - net);
    } else if (tax == TAX_PACKAGE) {
        add_net_price(&amount, &net_rates[TAX_LODGING], price - price / 4);
        add_net_price(&amount, &net_rates[TAX_FOOD], price / 4);
    } else {
        add_net_price(&amount, &net_rates[tax], price);
    }
    return amount;
}

struct amount amount_untaxed(enum currency currency, int64_t value)
{
    return (struct amount){.currency = currency, .net = value, .gross = value};
}

struct amount amount_times(struct amount amount, int64_t factor)
{
    amount.net *= factor;
    amount.gross *= factor;
    for (unsigned i = 0; i < amount.tax_count; i++) {
        amount.taxes[i].net *= factor;
        amount.taxes[i].tax *= factor;
    }
    return amount;
}

struct amount amount_convert(struct amount amount, enum currency currency, int64_t percent)
{
    struct amount converted = {.currency = currency};

    if (amount.tax_count == 0)
        return amount_untaxed(currency, scaled(amount.gross, percent, 100));
    for (unsigned i = 0; i < amount.tax_count; i++)
        amount_add_part(&converted, amount.taxes[i].code, scaled(amount.taxes[i].net, percent, 100),
                        scaled(amount.taxes[i].tax, percent, 100));
    return converted;
}
