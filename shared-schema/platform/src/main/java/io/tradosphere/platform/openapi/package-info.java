/** The OpenAPI document of a service, completed at build time from Javadoc, annotations and the rules that all operations follow. */
package io.tradosphere.platform.openapi;
