/** Reconciliation of derived values and replicas with their sources, and its internal HTTP interface. */
package io.tradosphere.platform.reconciliation;
