/** Calls to Stripe. */
package io.tradosphere.billing.stripe;
