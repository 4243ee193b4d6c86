package io.tradosphere.platform.outbox;

/**
 * An outbox row that cannot be published, now or later.
 *
 * @param row the row
 * @param reason why, as a sentence for the operator
 */
record Refusal(OutboxRow row, String reason) {}
