package io.tradosphere.signal.parse;

/**
 * Something the parser is uncertain about.
 *
 * @param field the field it is about
 * @param message what is uncertain, and how it was resolved
 */
record Uncertainty(String field, String message) {}
