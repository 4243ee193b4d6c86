/** Lists of assets that people keep an eye on, alone or together. */
package io.tradosphere.signal.watchlist;
