#include <check.h>
#include <stdio.h>
#include <string.h>

#include "core/store.h"

#define NOW INT64_C(1754560800000)

static struct store *store;
static int64_t now_real_ms;

static struct store_config usual_config(void)
{
    return (struct store_config){
        .seed = 1,
        .start_ms = NOW,
        .speed = 1,
        .lifecycle = {{2000, 0}, {5000, 0}, OUTCOME_SUCCESS, 7 * MS_PER_DAY},
        .max_exports = 1000,
        .access_rate = {200, 30000},
    };
}

static void make(struct store_config config)
{
    store_free(store);
    now_real_ms = 0;
    store = store_new(&config, now_real_ms);
}

static void set_up(void)
{
    make(usual_config());
}

static void tear_down(void)
{
    store_free(store);
    store = NULL;
}

static struct integration *sign_in(const char *client, const char *access)
{
    struct integration *integration = NULL;
    struct error err;

    ck_assert_int_eq(store_sign_in(store, client, access, &integration, &err), STATUS_OK);
    return integration;
}

static enum status add(struct integration *integration, enum entity_type type, struct scope *scope,
                       struct export **out)
{
    struct export_request request = {integration, type, scope ? scope : integration->scope, {0}};
    struct error err;

    return store_add_export(store, &request, now_real_ms, out, &err);
}

static struct enterprise enterprise_of(uint8_t number, uint8_t chain)
{
    struct enterprise enterprise = {.pricing = PRICING_GROSS};

    memset(&enterprise.id, number, sizeof enterprise.id);
    memset(&enterprise.chain_id, chain, sizeof enterprise.chain_id);
    return enterprise;
}

/* Makes a pair known that sees enterprises first to last, two to a chain. */
static void know(const char *client, const char *access, int first, int last)
{
    struct enterprise enterprises[8];
    struct scope *scope;
    struct known_pair pair = {client, access, NULL};
    struct error err;

    for (int i = first; i <= last; i++)
        enterprises[i - first] = enterprise_of((uint8_t)i, (uint8_t)(100 + i / 2));
    scope = pair.scope = scope_new(enterprises, (size_t)(last - first + 1), NULL, 0);
    ck_assert_int_eq(store_know_pair(store, &pair, &err), STATUS_OK);
    scope_unref(scope);
}

START_TEST(pairs_get_a_tenant_and_an_enterprise_of_their_own)
{
    struct integration *a = sign_in("c", "a"), *b = sign_in("c", "b"), *c = sign_in("d", "a");

    ck_assert_ptr_eq(a, sign_in("c", "a"));
    ck_assert_ptr_ne(a, b);
    ck_assert_ptr_ne(a, c);
    ck_assert_ptr_eq(a->tenant, c->tenant);
    ck_assert(!uuid_equal(&a->scope->enterprises[0].id, &b->scope->enterprises[0].id));
    ck_assert(!uuid_equal(&a->scope->enterprises[0].id, &c->scope->enterprises[0].id));
}
END_TEST

START_TEST(a_pair_is_not_mistaken_for_another)
{
    ck_assert_ptr_ne(sign_in("c", "a\nb"), sign_in("c\na", "b"));
}
END_TEST

START_TEST(bad_tokens_are_refused)
{
    char longest[TOKEN_MAX_LENGTH + 2];
    struct integration *integration;
    struct error err;

    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    ck_assert_int_eq(store_sign_in(store, "", "a", &integration, &err), STATUS_DENIED);
    ck_assert_str_eq(err.field, "ClientToken");
    ck_assert_int_eq(store_sign_in(store, "c", "", &integration, &err), STATUS_DENIED);
    ck_assert_str_eq(err.field, "AccessToken");
    ck_assert_int_eq(store_sign_in(store, "c", longest, &integration, &err), STATUS_DENIED);
    ck_assert_int_eq(store_sign_in(store, longest + 1, longest + 1, &integration, &err), STATUS_OK);
}
END_TEST

START_TEST(a_known_access_token_belongs_to_one_integration)
{
    struct integration *integration;
    struct error err;

    know("c", "a", 1, 1);
    sign_in("c", "a");
    sign_in("other", "another");
    ck_assert_int_eq(store_sign_in(store, "other", "a", &integration, &err), STATUS_DENIED);
}
END_TEST

START_TEST(only_known_pairs_when_there_is_a_list)
{
    struct store_config config = usual_config();
    struct integration *integration;
    struct error err;

    config.only_known = true;
    make(config);
    know("c", "a", 1, 1);
    sign_in("c", "a");
    ck_assert_int_eq(store_sign_in(store, "c", "b", &integration, &err), STATUS_DENIED);
    ck_assert_ptr_null(store_find_tenant(store, "b"));
}
END_TEST

START_TEST(one_export_of_a_type_is_in_flight)
{
    struct integration *integration = sign_in("c", "a");
    struct export *export;

    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_CONFLICT);
    ck_assert_int_eq(add(integration, ENTITY_PAYMENT, NULL, &export), STATUS_OK);
    now_real_ms = 6999;
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_CONFLICT);
    now_real_ms = 7000;
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_uint_eq(store_export_count(store), 3);
}
END_TEST

START_TEST(the_rule_spans_tokens_of_the_same_enterprise)
{
    struct export *export;

    know("c1", "a1", 1, 1);
    know("c2", "a2", 1, 2);
    know("c3", "a3", 3, 3);
    ck_assert_int_eq(add(sign_in("c1", "a1"), ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(sign_in("c2", "a2"), ENTITY_BILL, NULL, &export), STATUS_CONFLICT);
    ck_assert_int_eq(add(sign_in("c3", "a3"), ENTITY_BILL, NULL, &export), STATUS_OK);
}
END_TEST

START_TEST(chain_scoped_types_meet_by_chain)
{
    struct export *export;

    know("c2", "a2", 2, 2);
    know("c3", "a3", 3, 3);
    ck_assert_int_eq(add(sign_in("c2", "a2"), ENTITY_CUSTOMER, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(sign_in("c3", "a3"), ENTITY_CUSTOMER, NULL, &export), STATUS_CONFLICT);
    ck_assert_int_eq(add(sign_in("c2", "a2"), ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(sign_in("c3", "a3"), ENTITY_BILL, NULL, &export), STATUS_OK);
}
END_TEST

START_TEST(parts_of_a_portfolio_do_not_meet)
{
    struct integration *integration;
    struct scope *first, *second, *both;
    struct enterprise one = enterprise_of(1, 0), two = enterprise_of(2, 0);
    struct uuid ids[2] = {one.id, two.id};
    struct export *export;

    know("c", "a", 1, 3);
    integration = sign_in("c", "a");
    first = scope_of_enterprises(integration->scope, &ids[0], 1);
    second = scope_of_enterprises(integration->scope, &ids[1], 1);
    both = scope_of_enterprises(integration->scope, ids, 2);
    ck_assert_int_eq(add(integration, ENTITY_BILL, first, &export), STATUS_OK);
    ck_assert_int_eq(add(integration, ENTITY_BILL, both, &export), STATUS_CONFLICT);
    ck_assert_int_eq(add(integration, ENTITY_BILL, second, &export), STATUS_OK);
    scope_unref(first);
    scope_unref(second);
    scope_unref(both);
}
END_TEST

START_TEST(exports_are_visible_where_their_scope_is)
{
    struct export *one, *two;

    know("c1", "a1", 1, 1);
    know("c2", "a2", 1, 2);
    ck_assert_int_eq(add(sign_in("c1", "a1"), ENTITY_BILL, NULL, &one), STATUS_OK);
    ck_assert_int_eq(add(sign_in("c2", "a2"), ENTITY_PAYMENT, NULL, &two), STATUS_OK);
    ck_assert(store_is_visible(sign_in("c1", "a1"), one));
    ck_assert(store_is_visible(sign_in("c2", "a2"), one));
    ck_assert(store_is_visible(sign_in("c2", "a2"), two));
    ck_assert(!store_is_visible(sign_in("c1", "a1"), two));
    ck_assert(!store_is_visible(sign_in("x", "y"), one));
}
END_TEST

START_TEST(ids_are_repeatable_and_carry_their_instant)
{
    struct export *export;
    struct uuid first;

    ck_assert_int_eq(add(sign_in("c", "a"), ENTITY_BILL, NULL, &export), STATUS_OK);
    first = export->id;
    ck_assert_ptr_eq(store_find_export(store, &first), export);
    set_up();
    sign_in("z", "z");
    ck_assert_int_eq(add(sign_in("c", "a"), ENTITY_PAYMENT, NULL, &export), STATUS_OK);
    ck_assert(uuid_equal(&export->id, &first));
}
END_TEST

START_TEST(a_full_store_forgets_what_is_over_and_nothing_else)
{
    struct store_config config = usual_config();
    struct integration *integration;
    struct export *export;
    struct uuid first;

    config.max_exports = 2;
    config.lifecycle.kept_ms = 1000;
    make(config);
    integration = sign_in("c", "a");
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
    first = export->id;
    ck_assert_int_eq(add(integration, ENTITY_PAYMENT, NULL, &export), STATUS_OK);
    now_real_ms = 7999;
    ck_assert_int_eq(add(integration, ENTITY_CUSTOMER, NULL, &export), STATUS_LIMIT);
    ck_assert_ptr_nonnull(store_find_export(store, &first));
    now_real_ms = 8000;
    ck_assert_int_eq(add(integration, ENTITY_CUSTOMER, NULL, &export), STATUS_OK);
    ck_assert_ptr_null(store_find_export(store, &first));
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
}
END_TEST

START_TEST(a_full_store_forgets_the_oldest_and_no_more_than_it_must)
{
    static const enum entity_type types[] = {ENTITY_BILL, ENTITY_PAYMENT, ENTITY_CUSTOMER};
    struct store_config config = usual_config();
    struct integration *integration;
    struct export *export;
    struct uuid ids[3];
    struct error err;

    config.max_exports = 3;
    make(config);
    integration = sign_in("c", "a");
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(add(integration, types[i], NULL, &export), STATUS_OK);
        ids[i] = export->id;
        if (i > 0)
            ck_assert_int_eq(store_force_state(store, export, EXPORT_FAILED, 0, &err), STATUS_OK);
    }
    ck_assert_int_eq(add(integration, ENTITY_COMPANY, NULL, &export), STATUS_OK);
    ck_assert_ptr_nonnull(store_find_export(store, &ids[0]));
    ck_assert_ptr_null(store_find_export(store, &ids[1]));
    ck_assert_ptr_nonnull(store_find_export(store, &ids[2]));
    ck_assert_int_eq(add(integration, ENTITY_RESERVATION, NULL, &export), STATUS_OK);
    ck_assert_ptr_null(store_find_export(store, &ids[2]));
    ck_assert_int_eq(add(integration, ENTITY_PAYMENT, NULL, &export), STATUS_LIMIT);
}
END_TEST

START_TEST(a_forced_state_frees_and_takes_the_place)
{
    struct integration *integration = sign_in("c", "a");
    struct export *first, *second;
    struct error err;

    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &first), STATUS_OK);
    ck_assert_int_eq(store_force_state(store, first, EXPORT_FAILED, 0, &err), STATUS_OK);
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &second), STATUS_OK);
    ck_assert_int_eq(store_force_state(store, first, EXPORT_PENDING, 0, &err), STATUS_CONFLICT);
    ck_assert_int_eq(store_force_state(store, second, EXPORT_PROCESSING, 0, &err), STATUS_OK);
    ck_assert_int_eq(store_force_state(store, second, EXPORT_EXPIRED, 0, &err), STATUS_OK);
    ck_assert_int_eq(store_force_state(store, first, EXPORT_PENDING, 0, &err), STATUS_OK);
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &second), STATUS_CONFLICT);
}
END_TEST

START_TEST(a_tenant_may_have_a_clock_of_its_own)
{
    struct integration *a = sign_in("c", "a"), *b = sign_in("c", "b");
    struct export *of_a, *of_b;

    ck_assert_int_eq(add(a, ENTITY_BILL, NULL, &of_a), STATUS_OK);
    ck_assert_int_eq(add(b, ENTITY_BILL, NULL, &of_b), STATUS_OK);
    clock_set_ms(store_own_clock(store, a->tenant), NOW + 7000, 0);
    ck_assert_int_eq(store_export_state(store, of_a, 0), EXPORT_SUCCESS);
    ck_assert_int_eq(store_export_state(store, of_b, 0), EXPORT_PENDING);
    ck_assert_int_eq(store_now_ms(store, b->tenant, 0), NOW);
}
END_TEST

START_TEST(rates_count_admitted_requests_only)
{
    struct store_config config = usual_config();
    struct integration *integration;
    int64_t wait_ms = 0;

    config.client_rate = (struct rate){5, 1000};
    config.access_rate = (struct rate){4, 2000};
    config.operation_rate = (struct rate){2, 3000};
    make(config);
    integration = sign_in("c", "a");
    ck_assert(store_admit(store, integration, OPERATION_ADD, NOW, &wait_ms));
    ck_assert(store_admit(store, integration, OPERATION_ADD, NOW, &wait_ms));
    ck_assert(!store_admit(store, integration, OPERATION_ADD, NOW, &wait_ms));
    ck_assert_int_eq(wait_ms, 3000);
    ck_assert(store_admit(store, integration, OPERATION_GET_ALL, NOW, &wait_ms));
    ck_assert(store_admit(store, integration, OPERATION_GET_ALL, NOW, &wait_ms));
    ck_assert(!store_admit(store, integration, OPERATION_GET_ALL, NOW + 1999, &wait_ms));
    ck_assert(store_admit(store, sign_in("c", "b"), OPERATION_ADD, NOW, &wait_ms));
    ck_assert(!store_admit(store, sign_in("c", "b"), OPERATION_ADD, NOW + 999, &wait_ms));
    ck_assert_int_eq(wait_ms, 1);
}
END_TEST

START_TEST(reset_goes_back_to_the_start)
{
    struct integration *integration;
    struct export *export;
    struct uuid first;

    know("k", "k", 1, 1);
    integration = sign_in("k", "k");
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
    first = export->id;
    clock_set_ms(store_own_clock(store, integration->tenant), NOW + 1, 0);
    sign_in("c", "a");
    store_reset(store, NOW, 50);
    ck_assert_uint_eq(store_export_count(store), 0);
    ck_assert_ptr_null(store_find_tenant(store, "a"));
    integration = sign_in("k", "k");
    ck_assert_int_eq(store_now_ms(store, integration->tenant, 50), NOW);
    now_real_ms = 50;
    ck_assert_int_eq(add(integration, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert(uuid_equal(&export->id, &first));
}
END_TEST

START_TEST(a_tenant_is_reset_alone)
{
    struct integration *a = sign_in("c", "a"), *b = sign_in("c", "b");
    struct export *export;

    ck_assert_int_eq(add(a, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(b, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_int_eq(add(a, ENTITY_PAYMENT, NULL, &export), STATUS_OK);
    store_reset_tenant(store, a->tenant);
    export = store_next_export(store, NULL, NULL);
    ck_assert_ptr_eq(export->integration, b);
    ck_assert_ptr_null(store_next_export(store, NULL, export));
    ck_assert_ptr_null(store_next_export(store, a->tenant, NULL));
    ck_assert_int_eq(add(a, ENTITY_BILL, NULL, &export), STATUS_OK);
    ck_assert_ptr_eq(store_next_export(store, a->tenant, NULL), export);
}
END_TEST

START_TEST(scopes_name_every_id_once)
{
    struct enterprise list[3] = {enterprise_of(5, 9), enterprise_of(4, 9), enterprise_of(5, 9)};
    struct uuid chains[2] = {list[0].chain_id, enterprise_of(0, 7).chain_id};
    struct scope *scope = scope_new(list, 3, chains, 2);
    size_t count;

    ck_assert_uint_eq(scope->enterprise_count, 2);
    ck_assert_uint_eq(scope->enterprises[0].id.bytes[0], 5);
    ck_assert_uint_eq(scope->enterprises[1].id.bytes[0], 4);
    ck_assert_uint_eq(scope->chain_count, 2);
    ck_assert_uint_eq(scope->chains[1].bytes[0], 7);
    scope_keys(scope, ENTITY_CUSTOMER, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert(scope_has_enterprise(scope, &list[1].id));
    ck_assert(!scope_has_enterprise(scope, &chains[0]));
    ck_assert(scope_has_chain(scope, &chains[1]));
    scope_unref(scope);
}
END_TEST

START_TEST(a_scope_of_chains_has_their_enterprises)
{
    struct enterprise list[3] = {enterprise_of(1, 8), enterprise_of(2, 9), enterprise_of(3, 8)};
    struct scope *scope = scope_new(list, 3, NULL, 0);
    struct scope *part = scope_of_chains(scope, &list[0].chain_id, 1);

    ck_assert_uint_eq(part->enterprise_count, 2);
    ck_assert_uint_eq(part->enterprises[1].id.bytes[0], 3);
    ck_assert_uint_eq(part->chain_count, 1);
    ck_assert(scope_covers(scope, part, ENTITY_BILL));
    ck_assert(!scope_covers(part, scope, ENTITY_CUSTOMER));
    scope_unref(part);
    scope_unref(scope);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *tcase = tcase_create("store");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, pairs_get_a_tenant_and_an_enterprise_of_their_own);
    tcase_add_test(tcase, a_pair_is_not_mistaken_for_another);
    tcase_add_test(tcase, bad_tokens_are_refused);
    tcase_add_test(tcase, a_known_access_token_belongs_to_one_integration);
    tcase_add_test(tcase, only_known_pairs_when_there_is_a_list);
    tcase_add_test(tcase, one_export_of_a_type_is_in_flight);
    tcase_add_test(tcase, the_rule_spans_tokens_of_the_same_enterprise);
    tcase_add_test(tcase, chain_scoped_types_meet_by_chain);
    tcase_add_test(tcase, parts_of_a_portfolio_do_not_meet);
    tcase_add_test(tcase, exports_are_visible_where_their_scope_is);
    tcase_add_test(tcase, ids_are_repeatable_and_carry_their_instant);
    tcase_add_test(tcase, a_full_store_forgets_what_is_over_and_nothing_else);
    tcase_add_test(tcase, a_full_store_forgets_the_oldest_and_no_more_than_it_must);
    tcase_add_test(tcase, a_forced_state_frees_and_takes_the_place);
    tcase_add_test(tcase, a_tenant_may_have_a_clock_of_its_own);
    tcase_add_test(tcase, rates_count_admitted_requests_only);
    tcase_add_test(tcase, reset_goes_back_to_the_start);
    tcase_add_test(tcase, a_tenant_is_reset_alone);
    tcase_add_test(tcase, scopes_name_every_id_once);
    tcase_add_test(tcase, a_scope_of_chains_has_their_enterprises);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
