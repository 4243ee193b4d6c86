/** The merge of all services' OpenAPI documents. */
package io.tradosphere.gateway.openapi;
