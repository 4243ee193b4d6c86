/** Fault injection: load while processes are killed at random, and a check that nothing was lost or doubled. */
package io.tradosphere.cli.soak;
