/** Limits of the connections that clients open. */
package io.tradosphere.gateway.client;
