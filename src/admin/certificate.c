#include "admin/answer.h"
#include "admin/routes.h"

/* No secret: every handshake shows it. */
void admin_certificate(struct admin_call *call)
{
    const char *certificate = call->admin->config.certificate;
    struct error err;

    if (!certificate) {
        error_set(&err, STATUS_NOT_FOUND, NULL,
                  "this server speaks http and has no certificate; start it with "
                  "--tls-self-signed, or with --tls-cert and --tls-key");
        admin_refuse(call, &err);
        return;
    }
    http_response_header(call->response, "Content-Type", "application/x-pem-file");
    strbuf_append_text(&call->response->text, certificate);
}
