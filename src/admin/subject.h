/*
 * subject: whom a call is about: the tenant of ?accessToken=T, or the whole server.
 */
#ifndef ADMIN_SUBJECT_H
#define ADMIN_SUBJECT_H

#include "admin/admin.h"
#include "base/strbuf.h"

/* Fills call->access_token and ->tenant from the query; text keeps the token. */
enum status subject_read(struct admin_call *call, struct strbuf *text,
                         struct error *err) MUST_CHECK;

/*
 * False when nothing may change now, because it could not be kept; then the request was answered.
 */
bool subject_may_change(const struct admin_call *call);

/*
 * Makes the tenant that is named and not known yet, so that it can be prepared before its first
 * request. False when there are too many tenants; then the request was answered.
 */
bool subject_make_tenant(struct admin_call *call);

/*
 * The export that the path names, which must be the subject's; borrowed. NULL when there is none;
 * then the request was answered: 404.
 */
struct export *subject_find_export(const struct admin_call *call);

/* Tells those who look on that the subject's clock was set. */
void subject_tell_clock(const struct admin_call *call);

/* Answers {"now":INSTANT,"speed":X}: the clock of the subject. */
void subject_answer_clock(const struct admin_call *call);

#endif
