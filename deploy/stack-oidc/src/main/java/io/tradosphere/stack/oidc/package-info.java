/** An OpenID Connect provider as a separate process. It issues any token to anyone. Never for production. */
package io.tradosphere.stack.oidc;
