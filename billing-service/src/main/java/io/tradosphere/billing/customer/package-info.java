/** Customers at Stripe: who pays. */
package io.tradosphere.billing.customer;
