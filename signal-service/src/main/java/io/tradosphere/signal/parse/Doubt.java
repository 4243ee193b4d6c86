package io.tradosphere.signal.parse;

/**
 * What the parser is unsure of.
 *
 * @param field the field it is about
 * @param message what is unsure, and what was made of it
 */
record Doubt(String field, String message) {}
