/** What closed trades add up to: the one place where win rate, Sharpe ratio and drawdown are computed, for journals and competitions alike. */
package io.tradosphere.platform.performance;
