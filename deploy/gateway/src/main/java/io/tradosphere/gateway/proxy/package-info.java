/** The way to the services and back. The proxying itself is Vert.x' own; here is what it leaves to the user. */
package io.tradosphere.gateway.proxy;
