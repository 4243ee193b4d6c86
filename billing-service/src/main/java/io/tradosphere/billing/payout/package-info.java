/** What the platform pays to people, by Stripe transfers: prizes and shares of the legends pool. */
package io.tradosphere.billing.payout;
