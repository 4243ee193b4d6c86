/** Telemetry of the gateway: its spans, and the fields of its log lines. */
package io.tradosphere.gateway.telemetry;
