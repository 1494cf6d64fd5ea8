#include "options/checks.h"

#include <string.h>

#include "base/address.h"
#include "base/excerpt.h"
#include "base/strbuf.h"

/* Source: interface, section 3 (--admin-token is required when --bind is not loopback). */
static enum status check_network(const struct settings *settings, struct error *err)
{
    struct sockaddr_storage address;
    socklen_t length;

    if (settings->admin_token || settings->network_is_trusted)
        return STATUS_OK;
    if (!address_read(settings->bind_address, 0, &address, &length) ||
        address_is_loopback((const struct sockaddr *)&address))
        return STATUS_OK;
    return error_set(err, STATUS_INVALID, NULL,
                     "--bind %s can be reached by others: protect the admin API with --admin-token "
                     "T, or say --admin-token none if the network is trusted",
                     settings->bind_address);
}

/* Source: interface, section 3 (--tls-cert, --tls-key, --tls-self-signed). */
static enum status check_tls(const struct settings *settings, struct error *err)
{
    bool has_certificate = settings->tls_certificate_file, has_key = settings->tls_key_file;

    if (settings->tls_is_self_signed && (has_certificate || has_key))
        return error_set(err, STATUS_INVALID, NULL,
                         "--tls-self-signed makes a certificate of its own: leave it out, or %s",
                         has_certificate ? "--tls-cert and --tls-key" : "--tls-key");
    if (has_certificate && !has_key)
        return error_set(
            err, STATUS_INVALID, NULL,
            "--tls-cert needs the key of the certificate: give it with --tls-key FILE");
    if (has_key && !has_certificate)
        return error_set(
            err, STATUS_INVALID, NULL,
            "--tls-key needs the certificate of the key: give it with --tls-cert FILE, "
            "or let one be made with --tls-self-signed");
    return STATUS_OK;
}

static enum status check_server(const struct settings *settings, struct error *err)
{
    enum status status = check_tls(settings, err);

    return status == STATUS_OK ? check_network(settings, err) : status;
}

/* Both ends of a filter or none, in their order. */
static enum status check_interval(const char *name, bool has_start, bool has_end, bool in_order,
                                  struct error *err)
{
    if (has_start != has_end)
        return error_set(err, STATUS_INVALID, NULL,
                         "--%s-start and --%s-end go together: give both or none", name, name);
    if (has_start && !in_order)
        return error_set(err, STATUS_INVALID, NULL, "--%s-end lies before --%s-start", name, name);
    return STATUS_OK;
}

static enum status check_filters(const struct settings *settings, struct error *err)
{
    enum status status =
        check_interval("updated", settings->has_updated_start, settings->has_updated_end,
                       settings->updated_start_ms <= settings->updated_end_ms, err);

    if (status != STATUS_OK)
        return status;
    return check_interval("posting", settings->has_posting_start, settings->has_posting_end,
                          settings->posting_start_day <= settings->posting_end_day, err);
}

/* "list" stands alone, "show" and "check" say what. */
static enum status check_scenarios(const struct settings *settings, struct error *err)
{
    const char *action = settings->operand_count > 0 ? settings->operands[0] : "list";
    bool lists = strcmp(action, "list") == 0;

    if (lists && settings->operand_count > 1)
        return error_set(err, STATUS_INVALID, NULL,
                         "unexpected argument %s: \"scenarios list\" lists all of them",
                         excerpt(settings->operands[1], strlen(settings->operands[1])).text);
    if (!lists && settings->operand_count < 2)
        return error_set(err, STATUS_INVALID, NULL, "say which: write exports-mock scenarios %s %s",
                         action, strcmp(action, "show") == 0 ? "NAME" : "FILE");
    return STATUS_OK;
}

/* Names all that is missing at once, and how it goes. */
static enum status refuse_missing(const struct settings *settings, struct error *err)
{
    const struct {
        bool is_there;
        const char *what;
    } needs[] = {
        {settings->url, "--url URL, the server that has the exports"},
        {settings->export_count > 0, "--export ID, as exports/add answered it"},
        {settings->operand_count > 0, "PATH, where the collected rows are"},
    };
    struct strbuf list = STRBUF_INIT;
    enum status status;

    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        if (!needs[i].is_there)
            strbuf_appendf(&list, "%s%s", list.length ? "; " : "", needs[i].what);
    }
    status = error_set(err, STATUS_INVALID, NULL,
                       "verify lacks %s: write exports-mock verify --url http://127.0.0.1:8080 "
                       "--export ID PATH...",
                       strbuf_text(&list));
    strbuf_release(&list);
    return status;
}

/* What cannot be left out. Source: interface, section 3 (verify). */
static enum status check_verify(const struct settings *settings, struct error *err)
{
    if (settings->format == REPORT_JUNIT)
        return error_set(err, STATUS_INVALID, NULL,
                         "--format junit is for certify: write text or json");
    if (!settings->url || settings->export_count == 0 || settings->operand_count == 0)
        return refuse_missing(settings, err);
    return STATUS_OK;
}

static enum status check_run(const struct settings *settings, struct error *err)
{
    if (settings->operand_count == 0 && !settings->from_file)
        return error_set(err, STATUS_INVALID, NULL,
                         "something is missing: write exports-mock run -- CMD...");
    return check_server(settings, err);
}

enum status settings_check(const struct settings *settings, struct error *err)
{
    switch (settings->command) {
    case COMMAND_SERVE:
    case COMMAND_CERTIFY:
        return check_server(settings, err);
    case COMMAND_RUN:
        return check_run(settings, err);
    case COMMAND_GENERATE:
        return check_filters(settings, err);
    case COMMAND_VERIFY:
        return check_verify(settings, err);
    case COMMAND_SCENARIOS:
        return check_scenarios(settings, err);
    case COMMAND_COUNT:
        break;
    }
    return STATUS_OK;
}
