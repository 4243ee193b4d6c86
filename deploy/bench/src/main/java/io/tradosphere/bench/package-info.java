/** {@code ./tradosphere bench}: measures the suite beside the design that it replaces. */
package io.tradosphere.bench;
