/** The program {@code tradosphere-verify}, for an installation without a checkout. */
package io.tradosphere.verify;
