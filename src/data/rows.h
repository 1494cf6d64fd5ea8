/*
 * rows: one file for each entity type writes its row, property by property in wire order. To add
 * a property, add one line there; nothing is counted by hand. Source of names, types and order:
 * contract/entities.json. row->at is the instant the row shows; row_begin() was not yet called.
 */
#ifndef DATA_ROWS_H
#define DATA_ROWS_H

#include "data/hotel.h"
#include "data/row.h"

/* Each appends the row of its type at index (from 0) in the hotel's block to row. */
void rows_order_item(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_payment(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_reservation(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_customer(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_company(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_bill(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_availability_adjustment(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_availability_block(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_resource_block(struct row *row, const struct hotel *hotel, uint32_t index);
void rows_ledger_entry(struct row *row, const struct hotel *hotel, uint32_t index);

/* The writer of a type. */
typedef void rows_writer(struct row *row, const struct hotel *hotel, uint32_t index);
rows_writer *rows_writer_of(enum entity_type type);

/* An enum value that the docs know from a date on; year 0: always. */
struct dated_value {
    const char *value;
    int16_t year;
    int8_t month;
    int8_t day;
};

/* The value number among those the row's day knows. */
const char *rows_pick(const struct row *row, const struct dated_value *values, size_t count,
                      uint64_t number);

/* Types of contract/entities.json that several rows hold. */
void rows_open_amount(struct row *row, const char *name, const struct amount *amount);
void rows_amount(struct row *row, const char *name, const struct amount *amount);
void rows_account(struct row *row, const struct hotel *hotel, int32_t company, int32_t customer);
const char *rows_account_type(int32_t company);

/* The amount in the currency the stay was priced in. */
struct amount rows_original(const struct hotel *hotel, int32_t stay, const struct amount *amount);

/* What a customer or company is called and where it lives; the same wherever it is shown. */
struct profile {
    const struct locale *locale;
    const char *first_name;
    const char *last_name;
    bool is_male;
};
struct profile rows_profile(const struct customer *customer);

/* Values of CreditRating, addresses and the like: an Address object or null. */
void rows_address(struct row *row, const char *name, struct id_ref id, const struct locale *locale);

/* A value of ReservationCancellationReason, NoShow left out. */
const char *rows_cancellation_reason(uint64_t number);

/* A value of ReservationPurpose or NULL. */
const char *rows_purpose(uint64_t number);

#endif
