/** A person's private trades: entering, closing, correcting, listing and deleting them. */
package io.tradosphere.signal.trade;
