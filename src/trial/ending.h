/*
 * ending: how a command ended, as a value.
 */
#ifndef TRIAL_ENDING_H
#define TRIAL_ENDING_H

#include "base/strbuf.h"
#include "json/writer.h"

/* What a program that was ended for its time gives; as timeout(1) does. */
#define EXIT_TIMED_OUT 124

/* What brought a command to its end. */
enum ending_kind {
    ENDED_BY_ITSELF,
    ENDED_BY_SIGNAL,
    ENDED_BY_TIMEOUT,
    NOT_STARTED,
};

struct ending {
    enum ending_kind kind;
    int code; /* by itself, not started: its exit code; by a signal: its number */
};

/* What waitpid() told of a process that is over. */
struct ending ending_from_wait(int wait_status);

/*
 * The exit code that stands for it, as shells have it: its own, 128 and the signal's number, 124
 * for a time-out, 126 and 127 for what cannot be started.
 */
int ending_exit_code(struct ending ending);

/* Appends it in words for a message: "exit code 3", "signal 9 (KILL)", "time-out". */
void ending_write(struct strbuf *out, struct ending ending);

/* Writes it as an object: {"how": "exited" | "signaled" | "timed-out" | "not-started", "code": N}.
 */
void ending_write_json(struct json_writer *json, const char *name, struct ending ending);

#endif
