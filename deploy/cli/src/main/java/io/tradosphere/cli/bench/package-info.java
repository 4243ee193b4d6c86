/** Runs the benchmarks. */
package io.tradosphere.cli.bench;
