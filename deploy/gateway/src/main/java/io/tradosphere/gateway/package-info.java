/**
 * The API gateway: the routing table in {@link io.tradosphere.gateway.route}, the reverse proxy in
 * {@link io.tradosphere.gateway.proxy}, and the pages that it serves itself.
 */
package io.tradosphere.gateway;
