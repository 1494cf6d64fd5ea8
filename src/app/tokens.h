/*
 * tokens: which pairs of tokens are known: the public demo ones, or those of a file.
 */
#ifndef APP_TOKENS_H
#define APP_TOKENS_H

#include "base/status.h"
#include "core/store.h"

/*
 * Makes the pairs of the public demo environment known. Source: contract/protocol.json,
 * demo_environment.
 */
enum status tokens_add_demo(struct store *store, struct error *err) MUST_CHECK;

/*
 * Makes the pairs of a file known: a JSON list of
 *
 *   {"ClientToken": "...", "AccessToken": "...", "Enterprises": ["uuid", ...],
 *    "Chains": ["uuid", ...], "Pricing": "Gross" | "Net", "Scenario": NAME}
 *
 * The first two are needed. Enterprises left out: one that is made from the tokens. The nth
 * enterprise belongs to the nth chain, or to the last one when there are fewer; Chains left out: a
 * chain that is made from the tokens. An enterprise may also be an object with Id, ChainId and
 * Pricing. Scenario is a built-in one that the pair's AccessToken runs under. STATUS_IO or
 * STATUS_MALFORMED/_INVALID with file, place and what to do. Source: interface, section 1; how
 * enterprises and chains go together: assumed. *first is the first pair's integration, owned by the
 * store, or NULL when the list is empty.
 */
enum status tokens_add_file(struct store *store, const char *path, struct integration **first,
                            struct error *err) MUST_CHECK;

#endif
