/** Addresses that a caller is sent back to from Stripe's pages. */
package io.tradosphere.billing.returnurl;
