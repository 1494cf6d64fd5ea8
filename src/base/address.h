/*
 * address: numeric internet addresses, to bind to and of clients.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/*
 * Reads a numeric IPv4 or IPv6 address ("::1" or "[::1]"), or "localhost", which is 127.0.0.1 so
 * that nothing is looked up. False when text is neither; short forms such as "127.1" are none.
 */
bool address_read(const char *text, uint16_t port, struct sockaddr_storage *out,
                  socklen_t *out_length);

/* The port of an IPv4 or IPv6 address; 0 for another family. */
uint16_t address_port(const struct sockaddr_storage *address);

/* True for 127.0.0.0/8, ::1 and the former mapped into IPv6; address may be NULL. */
bool address_is_loopback(const struct sockaddr *address);

#endif
