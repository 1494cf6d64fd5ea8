#include "tls/identity.h"

#include <stdlib.h>
#include <string.h>

#include <gnutls/gnutls.h>

void tls_identity_forget_key(struct tls_identity *identity)
{
    if (identity->key)
        gnutls_memset(identity->key, 0, strlen(identity->key));
    free(identity->key);
    identity->key = NULL;
}

void tls_identity_release(struct tls_identity *identity)
{
    tls_identity_forget_key(identity);
    free(identity->chain);
    free(identity->authority);
    free(identity->warning);
    *identity = (struct tls_identity){0};
}
