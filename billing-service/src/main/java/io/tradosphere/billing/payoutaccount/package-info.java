/** Connected accounts at Stripe: who can be paid. */
package io.tradosphere.billing.payoutaccount;
