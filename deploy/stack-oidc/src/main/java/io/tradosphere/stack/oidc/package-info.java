/** An OpenID Connect provider as a process of its own: anyone may ask it for a token of anybody. Never for production. */
package io.tradosphere.stack.oidc;
