package io.tradosphere.signal.trade.imports;

/** What comes first in a date that ends with its year. */
enum DateOrder {
    DAY_FIRST,
    MONTH_FIRST
}
