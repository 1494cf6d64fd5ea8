/*
 * holders: which other exports of the server have the rows that no compared export has. Whoever
 * mixed two exports up, or forgot to name one, sees at once which it was.
 */
#ifndef VERIFY_HOLDERS_H
#define VERIFY_HOLDERS_H

#include "verify/findings.h"
#include "verify/remote.h"

/*
 * Looks for the foreign rows that are shown, by their Ids, in the exports of the server that were
 * not compared with, the newest ones first, and fills holder. It looks at 100 exports and 256 MiB
 * of their rows; what is not found by then, and everything where the server does not answer, stays
 * without: the comparison stands without it.
 */
void holders_look_up(struct remote *remote, struct findings *findings);

#endif
