/** Refunds and disputes, as Stripe tells of them. */
package io.tradosphere.billing.refund;
