#include "trial/ending.h"

#include <sys/wait.h>

struct ending ending_from_wait(int wait_status)
{
    if (WIFSIGNALED(wait_status))
        return (struct ending){ENDED_BY_SIGNAL, WTERMSIG(wait_status)};
    return (struct ending){ENDED_BY_ITSELF, WEXITSTATUS(wait_status)};
}

int ending_exit_code(struct ending ending)
{
    if (ending.kind == ENDED_BY_TIMEOUT)
        return EXIT_TIMED_OUT;
    return ending.kind == ENDED_BY_SIGNAL ? 128 + ending.code : ending.code;
}

void ending_write(struct strbuf *out, struct ending ending)
{
    const char *name;

    switch (ending.kind) {
    case ENDED_BY_ITSELF:
        strbuf_appendf(out, "exit code %d", ending.code);
        break;
    case ENDED_BY_SIGNAL:
        name = sigabbrev_np(ending.code);
        strbuf_appendf(out, "signal %d (%s)", ending.code, name ? name : "?");
        break;
    case ENDED_BY_TIMEOUT:
        strbuf_append_text(out, "time-out");
        break;
    case NOT_STARTED:
        strbuf_append_text(out, "not started");
        break;
    }
}

void ending_write_json(struct json_writer *json, const char *name, struct ending ending)
{
    static const char *const kinds[] = {[ENDED_BY_ITSELF] = "exited",
                                        [ENDED_BY_SIGNAL] = "signaled",
                                        [ENDED_BY_TIMEOUT] = "timed-out",
                                        [NOT_STARTED] = "not-started"};

    json_begin_object(json, name);
    json_write_text(json, "how", kinds[ending.kind]);
    json_write_i64(json, "code", ending_exit_code(ending));
    json_end_object(json);
}
