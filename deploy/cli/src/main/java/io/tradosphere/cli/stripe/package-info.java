/** Commands for what could not be applied from Stripe, or done there. */
package io.tradosphere.cli.stripe;
