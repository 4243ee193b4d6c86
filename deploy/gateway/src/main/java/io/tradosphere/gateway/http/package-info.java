/** Responses that the gateway creates itself. */
package io.tradosphere.gateway.http;
