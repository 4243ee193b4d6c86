/** Reads signals from what traders type, by rules. */
package io.tradosphere.signal.parse;
