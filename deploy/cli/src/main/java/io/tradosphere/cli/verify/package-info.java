/** Asks every service to reconcile its derived values and replicas, and prints what it finds. */
package io.tradosphere.cli.verify;
