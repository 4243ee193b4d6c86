/** The suite as processes: up, down, status, logs. */
package io.tradosphere.cli.suite;
