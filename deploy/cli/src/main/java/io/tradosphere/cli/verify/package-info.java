/** Reconciles every denormalised count with its truth. */
package io.tradosphere.cli.verify;
