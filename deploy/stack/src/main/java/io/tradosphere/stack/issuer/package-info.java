/** The OIDC provider as a child process, and the tokens that anyone may have of it. */
package io.tradosphere.stack.issuer;
