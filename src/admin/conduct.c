#include <string.h>

#include "admin/answer.h"
#include "admin/routes.h"
#include "http/accept.h"
#include "reports/reports.h"

void admin_conduct(struct admin_call *call)
{
    static const char *const types[] = {"application/json", "text/plain", "application/xml",
                                        "text/xml"};
    const char *accept = http_request_header(call->request, "Accept");
    struct conduct_subject subject = {call->admin->api->store, call->tenant, call->now_real_ms};
    struct strbuf *out = &call->response->text;
    size_t choice = accept_choose(accept, types, sizeof types / sizeof *types);
    struct error err;

    if (call->access_token && !call->tenant) {
        error_set(&err, STATUS_NOT_FOUND, "accessToken",
                  "nobody has used this AccessToken since the start or the last reset");
        admin_refuse(call, &err);
        return;
    }
    if (choice == 1) {
        http_response_header(call->response, "Content-Type", "text/plain; charset=utf-8");
        conduct_write_text(out, &subject);
    } else if (choice >= 2) {
        http_response_header(call->response, "Content-Type", "%s", types[choice]);
        conduct_write_junit(out, &subject);
    } else {
        http_response_header(call->response, "Content-Type", "application/json");
        conduct_write_json(out, &subject);
    }
}
