/*
 * routes: the table of the endpoints. To add one: a line in routes.c, its handler in a file.
 */
#ifndef ADMIN_ROUTES_H
#define ADMIN_ROUTES_H

#include "admin/admin.h"

struct admin_route {
    enum http_method method; /* GET stands for HEAD as well: the server leaves the body out */
    const char *path;        /* {id} stands for one segment: call->id */
    void (*answer)(struct admin_call *call);
    bool is_open;                        /* works without the admin token */
    const char *const *query_parameters; /* beside accessToken; ends with NULL; may be NULL */
};

/* health.c */
void admin_health(struct admin_call *call);

/* certificate.c */
void admin_certificate(struct admin_call *call);

/* events.c */
void admin_events(struct admin_call *call);

/* about.c */
void admin_about(struct admin_call *call);

/* openapi.c */
void admin_openapi(struct admin_call *call);

/* tenants.c */
void admin_tenants(struct admin_call *call);

/* reset.c */
void admin_reset(struct admin_call *call);

/* clock.c */
void admin_clock_get(struct admin_call *call);
void admin_clock_put(struct admin_call *call);

/* advance.c */
void admin_clock_advance(struct admin_call *call);

/* exports.c */
extern const char *const admin_exports_query[];
void admin_exports_list(struct admin_call *call);
void admin_exports_get(struct admin_call *call);
void admin_exports_put_state(struct admin_call *call);

/* rows.c */
extern const char *const admin_rows_query[];
void admin_exports_rows(struct admin_call *call);
/* conduct.c */
void admin_conduct(struct admin_call *call);

/* plant.c */
void admin_exports_plant(struct admin_call *call);

/* scenario.c */
void admin_scenario_get(struct admin_call *call);
void admin_scenario_put(struct admin_call *call);
void admin_scenario_delete(struct admin_call *call);
void admin_scenarios_list(struct admin_call *call);

/* limits.c */
extern const char *const admin_limits_query[];
void admin_limits(struct admin_call *call);

/* metrics.c */
void admin_metrics(struct admin_call *call);

/* requests.c */
void admin_requests_list(struct admin_call *call);
void admin_requests_find(struct admin_call *call);
void admin_requests_count(struct admin_call *call);
void admin_requests_delete(struct admin_call *call);

/* Forgets the journal's entries of an AccessToken, or with NULL all of them. */
void admin_requests_forget(struct journal *journal, const char *access_token);

#endif
