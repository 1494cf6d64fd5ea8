#include "app/verify_command.h"

#include <stdio.h>

#include "verify/disk.h"
#include "verify/downloads.h"
#include "verify/holders.h"
#include "verify/remote.h"
#include "verify/report.h"
#include "verify/verify.h"

static enum status print_report(const struct settings *settings,
                                const struct report_subject *subject, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    bool failed;

    if (settings->format == REPORT_JSON)
        report_write_json(subject, &text);
    else
        report_write_text(subject, &text);
    failed = fwrite(text.data, 1, text.length, stdout) != text.length || fflush(stdout) != 0;
    strbuf_release(&text);
    return failed ? error_set(err, STATUS_IO, NULL, "cannot write to stdout") : STATUS_OK;
}

static enum status compare(const struct settings *settings, struct remote *remote,
                           struct disk_files *disk, bool *is_complete, struct error *err)
{
    struct verify_files expected = remote_view(remote), collected = disk_files_view(disk);
    struct findings findings;
    struct downloads downloads;
    struct report_subject subject = {&findings, &expected, &collected, &downloads};
    enum status status = verify_run(&expected, &collected, &findings, err);

    if (status != STATUS_OK)
        return status;
    holders_look_up(remote, &findings);
    downloads_look_up(remote, &findings, &downloads);
    status = print_report(settings, &subject, err);
    *is_complete = findings_are_none(&findings);
    downloads_release(&downloads);
    findings_release(&findings);
    return status;
}

enum status verify_command(const struct settings *settings, bool *is_complete, struct error *err)
{
    struct remote_config config = {settings->url, settings->admin_token, settings->ca_file,
                                   settings->export_ids, settings->export_count};
    struct remote *remote = NULL;
    struct disk_files *disk = NULL;
    enum status status = disk_files_new(settings->operands, settings->operand_count, &disk, err);

    if (status == STATUS_OK)
        status = remote_new(&config, &remote, err);
    if (status == STATUS_OK)
        status = compare(settings, remote, disk, is_complete, err);
    remote_free(remote);
    disk_files_free(disk);
    return status;
}
