/*
 * secure: the certificate that the settings ask for.
 */
#ifndef APP_SECURE_H
#define APP_SECURE_H

#include <stdint.h>

#include "base/status.h"
#include "options/settings.h"
#include "tls/identity.h"

/*
 * Reads the files of --tls-cert and --tls-key, or makes what --tls-self-signed asks for: for
 * localhost, the loopback addresses, the address that is listened on and the host of --public-url.
 * *out stays zeroed when http is spoken; caller releases. wall_ms is what a clock on the wall
 * shows. Errors are those of tls/identity.h.
 */
enum status secure_identity(const struct settings *settings, int64_t wall_ms,
                            struct tls_identity *out, struct error *err) MUST_CHECK;

#endif
