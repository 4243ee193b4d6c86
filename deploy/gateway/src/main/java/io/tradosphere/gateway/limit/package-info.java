/** Rate limits of requests. */
package io.tradosphere.gateway.limit;
