/** The private trade journal: entering, closing, correcting, listing and deleting trades. */
package io.tradosphere.signal.trade;
