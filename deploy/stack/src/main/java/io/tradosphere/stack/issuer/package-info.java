/** The OIDC provider as a child process, and a client that requests its tokens. */
package io.tradosphere.stack.issuer;
