/** Telemetry of a service: its tracing, and the log line of each request. */
package io.tradosphere.platform.telemetry;
