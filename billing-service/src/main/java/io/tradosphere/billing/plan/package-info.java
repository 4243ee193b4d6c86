/** Monthly plans of creators. */
package io.tradosphere.billing.plan;
