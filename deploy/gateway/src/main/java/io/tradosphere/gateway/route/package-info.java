/** Which paths are served, and by whom. */
package io.tradosphere.gateway.route;
