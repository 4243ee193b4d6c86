/** Trade journals that their owners have made public. */
package io.tradosphere.signal.trade.journal;
