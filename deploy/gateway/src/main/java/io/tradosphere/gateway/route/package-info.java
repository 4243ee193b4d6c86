/** The routing table and the validation of request paths. */
package io.tradosphere.gateway.route;
