/** Subscriptions of people to creators. */
package io.tradosphere.billing.subscription;
