/** Webhooks of Stripe: verified and stored. */
package io.tradosphere.billing.webhook;
