/** Tiers bought from the platform. */
package io.tradosphere.billing.tier;
