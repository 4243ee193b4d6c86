/** Synchronisation with Stripe: objects are fetched when Stripe says that they changed, one fetch of an object at a time. */
package io.tradosphere.billing.sync;
