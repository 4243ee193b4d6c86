/** Parses signals from free text, by rules. */
package io.tradosphere.signal.parse;
