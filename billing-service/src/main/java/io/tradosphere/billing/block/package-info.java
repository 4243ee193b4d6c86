/** Blocks, which end the subscription of the blocked. */
package io.tradosphere.billing.block;
