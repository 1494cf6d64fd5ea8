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
    struct conduct_subject subject = {
        .store = call->admin->api->store, .tenant = call->tenant, .now_real_ms = call->now_real_ms};
    struct strbuf *out = &call->response->text;
    size_t choice = accept_choose(accept, types, sizeof types / sizeof *types);

    subject.is_unknown = call->access_token && !call->tenant;
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
