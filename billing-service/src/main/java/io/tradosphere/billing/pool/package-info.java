/** The legends pool and the prizes owed. */
package io.tradosphere.billing.pool;
