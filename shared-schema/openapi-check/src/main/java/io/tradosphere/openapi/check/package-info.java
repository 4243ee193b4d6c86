/** Checks of OpenAPI documents by the tools of strangers. */
package io.tradosphere.openapi.check;
