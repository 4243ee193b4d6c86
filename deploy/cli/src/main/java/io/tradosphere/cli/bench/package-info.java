/** The benchmarks. */
package io.tradosphere.cli.bench;
