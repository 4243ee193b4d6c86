/** {@code ./tradosphere bench}: the suite measured side by side with the design it replaces. */
package io.tradosphere.bench;
