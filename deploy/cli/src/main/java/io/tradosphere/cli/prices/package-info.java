/** Publishes market ticks from a file. */
package io.tradosphere.cli.prices;
