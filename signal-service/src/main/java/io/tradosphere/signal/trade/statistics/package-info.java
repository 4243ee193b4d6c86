/** What the trades of a journal add up to. */
package io.tradosphere.signal.trade.statistics;
