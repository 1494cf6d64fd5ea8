/* Scenarios in the store: whose they are, what they make of exports, where a story begins. */
#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "core/store.h"

#define NOW INT64_C(1754560800000)

static struct store *store;
static struct scenario *fails; /* the built-in one that the finder knows */
static int64_t now_real_ms;

static enum status find(const char *name, size_t length, struct scenario **out, struct error *err)
{
    if (length == strlen("fails") && memcmp(name, "fails", length) == 0) {
        *out = scenario_ref(fails);
        return STATUS_OK;
    }
    return error_set(err, STATUS_NOT_FOUND, NULL, "there is no scenario of this name");
}

static struct scenario *scenario_of_outcome(enum export_outcome outcome)
{
    struct scenario *scenario = scenario_new();

    scenario->lifecycle.has_outcome = true;
    scenario->lifecycle.outcome = outcome;
    return scenario;
}

static void make(bool only_known)
{
    struct store_config config = {
        .seed = 1,
        .start_ms = NOW,
        .speed = 1,
        .lifecycle = {{2000, 0}, {5000, 0}, OUTCOME_SUCCESS, 7 * MS_PER_DAY},
        .max_exports = 1000,
        .only_known = only_known,
        .find_scenario = find,
        .access_rate = {200, 30000},
    };

    store_free(store);
    now_real_ms = 0;
    store = store_new(&config, now_real_ms);
}

static void set_up(void)
{
    fails = scenario_of_outcome(OUTCOME_FAILED);
    make(false);
}

static void tear_down(void)
{
    store_free(store);
    store = NULL;
    scenario_unref(fails);
}

static struct integration *sign_in(const char *client, const char *access)
{
    struct integration *integration = NULL;
    struct error err;

    ck_assert_int_eq(store_sign_in(store, client, access, &integration, &err), STATUS_OK);
    store_follow_scenario(store, integration, now_real_ms);
    return integration;
}

static enum status add(struct integration *integration, enum entity_type type, struct export **out)
{
    struct export_request request = {integration, type, integration->scope, {0}};
    struct error err;

    return store_add_export(store, &request, now_real_ms, out, &err);
}

static struct export *added(struct integration *integration, enum entity_type type)
{
    struct export *export = NULL;

    ck_assert_int_eq(add(integration, type, &export), STATUS_OK);
    return export;
}

static void know(const char *client, const char *access, struct scenario *scenario)
{
    struct enterprise enterprise = {.pricing = PRICING_GROSS};
    struct scope *scope;
    struct known_pair pair;
    struct error err;

    memset(&enterprise.id, 1, sizeof enterprise.id);
    memset(&enterprise.chain_id, 2, sizeof enterprise.chain_id);
    scope = scope_new(&enterprise, 1, NULL, 0);
    pair = (struct known_pair){client, access, scope, scenario};
    ck_assert_int_eq(store_know_pair(store, &pair, &err), STATUS_OK);
    scope_unref(scope);
}

START_TEST(a_suffix_puts_its_tenant_under_a_scenario)
{
    struct integration *plain = sign_in("c", "a"), *failing = sign_in("c", "a+fails");

    ck_assert_ptr_null(store_scenario(store, plain->tenant));
    ck_assert_ptr_eq(store_scenario(store, failing->tenant), fails);
    ck_assert_int_eq(added(plain, ENTITY_BILL)->schedule.outcome, OUTCOME_SUCCESS);
    ck_assert_int_eq(added(failing, ENTITY_BILL)->schedule.outcome, OUTCOME_FAILED);
}
END_TEST

START_TEST(an_unknown_suffix_is_refused_with_the_reason)
{
    struct integration *integration;
    struct error err;

    ck_assert_int_eq(store_sign_in(store, "c", "a+fals", &integration, &err), STATUS_DENIED);
    ck_assert_str_eq(err.field, "AccessToken");
    ck_assert_ptr_nonnull(strstr(err.message, "no scenario of this name"));
    ck_assert_ptr_null(store_find_tenant(store, "a+fals"));
}
END_TEST

START_TEST(what_does_not_look_like_a_name_is_no_suffix)
{
    static const char *const tokens[] = {"a+", "+fails", "a+Fails", "a+1", "YWJj+/8=", "a+b c"};

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        ck_assert_ptr_null(store_scenario(store, sign_in("c", tokens[i])->tenant));
}
END_TEST

START_TEST(a_suffix_behind_a_known_token_keeps_its_enterprises_in_a_world_apart)
{
    struct integration *integration, *plain, *failing;
    struct export *export;
    struct error err;

    make(true);
    know("c", "a", NULL);
    plain = sign_in("c", "a");
    failing = sign_in("c", "a+fails");
    ck_assert(uuid_equal(&plain->scope->enterprises[0].id, &failing->scope->enterprises[0].id));
    export = added(plain, ENTITY_BILL);
    ck_assert(!store_is_visible(failing, export));
    ck_assert(!store_is_visible(plain, added(failing, ENTITY_BILL)));
    ck_assert_int_eq(add(failing, ENTITY_BILL, &export), STATUS_CONFLICT);
    ck_assert_int_eq(store_sign_in(store, "d", "a+fails", &integration, &err), STATUS_DENIED);
    ck_assert_int_eq(store_sign_in(store, "c", "b+fails", &integration, &err), STATUS_DENIED);
    ck_assert_str_eq(err.message, "this AccessToken is not in the file of --tokens");
}
END_TEST

START_TEST(no_tenant_is_made_that_nobody_can_use)
{
    struct tenant *tenant;
    struct error err;

    make(true);
    know("c", "a", NULL);
    ck_assert_int_eq(store_get_tenant(store, "b", &tenant, &err), STATUS_DENIED);
    ck_assert_int_eq(store_get_tenant(store, "a", &tenant, &err), STATUS_OK);
    ck_assert_int_eq(store_get_tenant(store, "a+fails", &tenant, &err), STATUS_OK);
}
END_TEST

START_TEST(a_tenants_scenario_stands_before_the_servers)
{
    struct scenario *stuck = scenario_of_outcome(OUTCOME_STUCK);
    struct integration *a = sign_in("c", "a"), *b = sign_in("c", "b");

    store_set_scenario(store, NULL, fails);
    store_set_scenario(store, a->tenant, stuck);
    ck_assert_int_eq(added(a, ENTITY_BILL)->schedule.outcome, OUTCOME_STUCK);
    ck_assert_int_eq(added(b, ENTITY_BILL)->schedule.outcome, OUTCOME_FAILED);
    store_set_scenario(store, a->tenant, NULL);
    ck_assert_int_eq(added(a, ENTITY_PAYMENT)->schedule.outcome, OUTCOME_FAILED);
    scenario_unref(stuck);
}
END_TEST

START_TEST(reset_brings_back_what_was_at_the_start)
{
    struct tenant *known;

    know("c", "a", fails);
    known = sign_in("c", "a")->tenant;
    store_set_scenario(store, known, NULL);
    store_set_scenario(store, NULL, fails);
    ck_assert_ptr_eq(store_scenario(store, known), fails);
    store_reset(store, NOW, now_real_ms);
    ck_assert_ptr_null(store_scenario(store, NULL));
    ck_assert_ptr_eq(store_scenario(store, known), fails);
}
END_TEST

START_TEST(the_first_rule_that_matches_holds_and_all_count)
{
    struct scenario *scenario = scenario_new();
    struct integration *integration;

    scenario->exports = memory_new(2 * sizeof *scenario->exports);
    scenario->export_count = 2;
    scenario->exports[0] = (struct export_rule){
        .entity_types = 1u << ENTITY_PAYMENT,
        .nth = {1, 1},
        .lifecycle = {.has_outcome = true, .outcome = OUTCOME_FAILED},
    };
    scenario->exports[1] = (struct export_rule){
        .nth = {1, 3},
        .lifecycle = {.has_link_validity = true, .link_validity_ms = 5},
        .data = {.has_size = true, .size = SIZE_TINY},
    };
    store_set_scenario(store, NULL, scenario);
    scenario_unref(scenario);
    integration = sign_in("c", "a");
    ck_assert_ptr_eq(added(integration, ENTITY_PAYMENT)->rule, &scenario->exports[0]);
    ck_assert_int_eq(added(integration, ENTITY_BILL)->schedule.outcome, OUTCOME_SUCCESS);
    now_real_ms = 7000;
    {
        struct export *second = added(integration, ENTITY_PAYMENT);

        ck_assert_int_eq(second->schedule.outcome, OUTCOME_SUCCESS);
        ck_assert_int_eq(export_link_validity_ms(second, 9), 5);
        ck_assert(export_data_choice(second).has_size);
    }
    ck_assert_ptr_null(added(integration, ENTITY_COMPANY)->rule);
}
END_TEST

START_TEST(strangers_are_there_before_the_first_request)
{
    struct scenario *scenario = scenario_new();
    struct integration *integration;
    struct export *export;

    scenario->planted = memory_new(sizeof *scenario->planted);
    scenario->planted_count = 1;
    scenario->planted[0] = (struct planted_export){.state = EXPORT_PROCESSING, .lasts_ms = 20000};
    store_set_scenario(store, NULL, scenario);
    scenario_unref(scenario);
    now_real_ms = 1000;
    integration = sign_in("c", "a");
    ck_assert_uint_eq(store_export_count(store), ENTITY_TYPE_COUNT);
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        ck_assert_int_eq(add(integration, (enum entity_type)type, &export), STATUS_CONFLICT);
    now_real_ms = 20999;
    ck_assert_int_eq(add(sign_in("c", "a"), ENTITY_BILL, &export), STATUS_CONFLICT);
    now_real_ms = 21000;
    ck_assert_int_eq(add(sign_in("c", "a"), ENTITY_BILL, &export), STATUS_OK);
    ck_assert(!export->is_planted);
}
END_TEST

START_TEST(a_planted_export_is_in_its_state_at_once)
{
    static const enum export_state states[] = {EXPORT_PENDING, EXPORT_PROCESSING, EXPORT_SUCCESS,
                                               EXPORT_FAILED, EXPORT_EXPIRED};
    struct integration *integration = sign_in("c", "a");

    for (unsigned i = 0; i < sizeof states / sizeof *states; i++) {
        struct plant_request request = {
            .export = {integration, (enum entity_type)i, integration->scope, {0}},
            .state = states[i],
            .lasts_ms = NEVER_MS,
        };
        struct export *export;
        struct error err;

        ck_assert_int_eq(store_plant_export(store, &request, now_real_ms, &export, &err),
                         STATUS_OK);
        ck_assert_int_eq(store_export_state(store, export, now_real_ms), states[i]);
        ck_assert(export->is_planted);
        ck_assert(store_is_visible(integration, export));
    }
}
END_TEST

START_TEST(a_scenarios_rate_is_the_only_one)
{
    struct scenario *scenario = scenario_new();
    struct integration *integration;
    int64_t wait_ms = 0;

    scenario->has_rate = true;
    scenario->rate = (struct rate){1, 5000};
    store_set_scenario(store, NULL, scenario);
    scenario_unref(scenario);
    integration = sign_in("c", "a");
    ck_assert(store_admit(store, integration, OPERATION_ADD, NOW, &wait_ms));
    ck_assert(!store_admit(store, integration, OPERATION_ADD, NOW + 1000, &wait_ms));
    ck_assert_int_eq(wait_ms, 4000);
    ck_assert(store_admit(store, integration, OPERATION_ADD, NOW + 5000, &wait_ms));
}
END_TEST

START_TEST(a_story_begins_anew_with_another_scenario)
{
    struct scenario *one = scenario_new();
    struct fault_event event = {.target = FAULT_ADD};
    struct fault_decision decision;
    struct integration *integration;

    one->faults = memory_new(sizeof *one->faults);
    one->fault_count = 1;
    one->faults[0] = (struct fault){.targets = 1u << FAULT_ADD, .nth = {1, 1}, .probability = 1};
    integration = sign_in("c", "a");
    store_decide_faults(store, integration->tenant, &event, &decision);
    ck_assert_uint_eq(decision.fired, 0);
    store_set_scenario(store, integration->tenant, one);
    for (int round = 0; round < 2; round++) {
        store_follow_scenario(store, integration, now_real_ms);
        store_decide_faults(store, integration->tenant, &event, &decision);
        ck_assert_uint_eq(decision.fired, 1);
        store_decide_faults(store, integration->tenant, &event, &decision);
        ck_assert_uint_eq(decision.fired, 0);
        store_set_scenario(store, integration->tenant, NULL);
        store_follow_scenario(store, integration, now_real_ms);
        store_set_scenario(store, integration->tenant, one);
    }
    scenario_unref(one);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scenarios");
    TCase *tcase = tcase_create("scenarios");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_suffix_puts_its_tenant_under_a_scenario);
    tcase_add_test(tcase, an_unknown_suffix_is_refused_with_the_reason);
    tcase_add_test(tcase, what_does_not_look_like_a_name_is_no_suffix);
    tcase_add_test(tcase, a_suffix_behind_a_known_token_keeps_its_enterprises_in_a_world_apart);
    tcase_add_test(tcase, no_tenant_is_made_that_nobody_can_use);
    tcase_add_test(tcase, a_tenants_scenario_stands_before_the_servers);
    tcase_add_test(tcase, reset_brings_back_what_was_at_the_start);
    tcase_add_test(tcase, the_first_rule_that_matches_holds_and_all_count);
    tcase_add_test(tcase, strangers_are_there_before_the_first_request);
    tcase_add_test(tcase, a_planted_export_is_in_its_state_at_once);
    tcase_add_test(tcase, a_scenarios_rate_is_the_only_one);
    tcase_add_test(tcase, a_story_begins_anew_with_another_scenario);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
