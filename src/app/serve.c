#include "app/serve.h"

#include <signal.h>
#include <stdio.h>

#include "app/host.h"

/* Tells that the socket accepts: the ready file first, so that who reads the line finds it. */
static enum status announce(const struct host *host, struct error *err)
{
    enum status status = host_write_ready_file(host, err);

    if (status == STATUS_OK) {
        host_warn(host);
        printf("exports-mock %s listening on %s\n", VERSION, host_url(host));
        fflush(stdout);
    }
    return status;
}

enum status serve(const struct settings *settings, struct error *err)
{
    struct host_config config = {.settings = settings};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct host *host;
    enum status status;

    (void)sigaction(SIGXFSZ, &ignore, NULL); /* a state file at its limit is told of by write() */
    status = host_new(&config, &host, err);

    if (status != STATUS_OK)
        return status;
    status = announce(host, err);
    if (status == STATUS_OK)
        status = host_run(host, err);
    host_free(host);
    return status;
}
