/** The public lists of signals, and the in-memory first pages. */
package io.tradosphere.signal.list;
