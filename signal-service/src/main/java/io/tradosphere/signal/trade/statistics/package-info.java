/** Statistics of the trades of a journal. */
package io.tradosphere.signal.trade.statistics;
