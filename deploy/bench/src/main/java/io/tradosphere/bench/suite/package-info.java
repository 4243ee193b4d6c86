/** What is measured: the suite, and its competitor. */
package io.tradosphere.bench.suite;
