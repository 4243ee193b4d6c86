/** Watchlists: lists of assets that can be shared. */
package io.tradosphere.signal.watchlist;
