package io.tradosphere.signal.trade.imports;

/** What is said of contracts whose profit is in coins: the change of 1 / price, which is no move times a size. */
final class InverseContracts {

    /** Follows the name of the contract. */
    static final String REFUSED = " is an inverse contract, whose profit is in coins, and is not read; send it in"
            + " TradoSphere's columns or by a mapping, with size and brokerPnl in money";

    private InverseContracts() {}
}
