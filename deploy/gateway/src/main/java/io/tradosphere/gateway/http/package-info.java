/** Answers that the gateway gives itself. */
package io.tradosphere.gateway.http;
