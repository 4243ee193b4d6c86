package io.tradosphere.platform.reconciliation;

/**
 * A row of a source or of its replica.
 *
 * @param key the key that both have in common
 * @param state the compared columns, as a JSON object
 * @param mark differs after each change of the row
 */
record KeyedRow(String key, String state, String mark) {}
