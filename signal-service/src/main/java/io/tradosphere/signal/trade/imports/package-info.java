/**
 * Imports of trade files: the format of TradoSphere and those of brokers whose exports hold round trips. The header line shows
 * the format. A line that cannot be read is rejected alone.
 */
package io.tradosphere.signal.trade.imports;
