/** Journals whose owners have opened them to everybody. */
package io.tradosphere.signal.trade.journal;
