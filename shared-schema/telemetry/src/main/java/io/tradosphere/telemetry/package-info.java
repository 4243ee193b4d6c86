/** What the services and the gateway show their operators: the log's format, and spans for OpenTelemetry. */
package io.tradosphere.telemetry;
