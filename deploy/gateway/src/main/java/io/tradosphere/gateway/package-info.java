/**
 * The gateway: the list of path prefixes in {@link io.tradosphere.gateway.route}, the way to the services in
 * {@link io.tradosphere.gateway.proxy}, and the pages it serves itself.
 */
package io.tradosphere.gateway;
