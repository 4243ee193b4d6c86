/** How a person is erased from the slice of signals, trades and watchlists. */
package io.tradosphere.signal.erasure;
