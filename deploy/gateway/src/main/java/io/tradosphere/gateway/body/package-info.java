/** Request bodies are received completely before a service is involved, within time, memory and disk limits. */
package io.tradosphere.gateway.body;
