/** The command that writes clients of the HTTP API. */
package io.tradosphere.cli.client;
