/** Amounts of money. */
package io.tradosphere.billing.money;
