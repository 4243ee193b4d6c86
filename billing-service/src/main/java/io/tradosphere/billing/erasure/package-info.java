/** How a person is erased from the slice of subscriptions, tiers and pools. */
package io.tradosphere.billing.erasure;
