/** The pages that the gateway serves itself. */
package io.tradosphere.gateway.docs;
