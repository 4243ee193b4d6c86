/** The reverse proxy. Vert.x forwards the requests; this package adds limits, load balancing, headers and metrics. */
package io.tradosphere.gateway.proxy;
