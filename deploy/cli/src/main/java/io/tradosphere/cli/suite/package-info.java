/** The commands that run the suite's processes: up, down, status, logs. */
package io.tradosphere.cli.suite;
