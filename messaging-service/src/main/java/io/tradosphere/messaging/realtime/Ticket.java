package io.tradosphere.messaging.realtime;

import java.time.Instant;

/**
 * A ticket that opens one stream, for clients that cannot send a header.
 *
 * @param ticket the secret
 * @param expiresAt until when it can be used
 */
record Ticket(String ticket, Instant expiresAt) {}
