/**
 * Files of trades: our own format and those of brokers whose exports hold round trips. A file is recognised by its header line; a line
 * that cannot be read is refused alone.
 */
package io.tradosphere.signal.trade.imports;
