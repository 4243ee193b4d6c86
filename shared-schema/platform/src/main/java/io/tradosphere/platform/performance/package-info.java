/** Performance metrics of closed trades, such as win rate, Sharpe ratio and drawdown, for journals and competitions. */
package io.tradosphere.platform.performance;
