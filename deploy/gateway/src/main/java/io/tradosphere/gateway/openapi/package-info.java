/** The OpenAPI documents of all services as one. */
package io.tradosphere.gateway.openapi;
