/*
 * guard: who may use the admin API. Source: interface, section 4.
 *
 * With a token, whoever bears it. Without one the server listens on this machine alone, and what
 * is left to fear are web pages that its user visits: a page of another site that posts here is
 * known by its Origin, one whose name was made to point here (DNS rebinding) by its Host.
 */
#ifndef ADMIN_GUARD_H
#define ADMIN_GUARD_H

#include "admin/admin.h"

/*
 * True when the request may go on; else it was answered: 401 without the right token, 403 from a
 * foreign site. is_open: no token is asked for.
 */
bool guard_admits(const struct admin_call *call, bool is_open);

#endif
