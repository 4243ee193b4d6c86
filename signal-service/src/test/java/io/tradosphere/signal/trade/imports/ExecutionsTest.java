package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import org.junit.jupiter.api.Test;

class ExecutionsTest {

    private static final String FLEX =
            "\"ClientAccountID\",\"AssetClass\",\"Symbol\",\"DateTime\",\"Quantity\",\"TradePrice\",\"IBCommission\",\"Buy/Sell\",\"TradeID\",\"Multiplier\"\n";
    private static final String ORDERS =
            "orderId,Account,Order ID,B/S,Contract,Product,Product Description,avgPrice,filledQty,Fill Time,Status\n";

    @Test
    void an_entry_and_an_exit_are_one_round_trip_with_the_fees_of_both() {
        TradeFields trade = ReadFile.of(
                        "\"Symbol\",\"DateTime\",\"Quantity\",\"TradePrice\",\"IBCommission\",\"Buy/Sell\",\"TradeID\"\n"
                                + "\"NVDA\",\"20260203;094501\",\"40\",\"180.10\",\"-1\",\"BUY\",\"11\"\n"
                                + "\"NVDA\",\"20260203;101502\",\"-40\",\"181.60\",\"-1.25\",\"SELL\",\"12\"\n")
                .trade();

        assertTrade(trade, "NVDA", "LONG", "180.10", "181.60", "40", "2.25");
        assertThat(trade.openedAt()).isEqualTo("2026-02-03T09:45:01Z");
        assertThat(trade.closedAt()).isEqualTo("2026-02-03T10:15:02Z");
        assertThat(trade.brokerName()).isEqualTo("Interactive Brokers");
        assertThat(trade.brokerTradeId()).isEqualTo("11:12");
    }

    @Test
    void partial_fills_and_several_exits_are_one_round_trip_whose_profit_is_exact() {
        ReadFile file = ReadFile.of(FLEX
                + "U1,STK,PLTR,20260203;094501,30,160.10,-0.35,BUY,1,1\n"
                + "U1,STK,PLTR,20260203;094502,19,160.13,-0.35,BUY,2,1\n"
                + "U1,STK,PLTR,20260203;101502,-20,161.60,-0.40,SELL,3,1\n"
                + "U1,STK,PLTR,20260203;111502,-29,161.70,-0.40,SELL,4,1\n");

        assertTrade(file.trade(), "PLTR", "LONG", "160.11163265", "161.65918367", "49", "1.5");
        // 3232 + 4689.30 - 4803 - 3042.47 - 1.50
        assertThat(file.netPnl()).isEqualByComparingTo("74.33");
    }

    @Test
    void an_execution_that_reverses_a_position_ends_one_trip_and_begins_another() {
        ReadFile file = ReadFile.of(ORDERS
                + "61,SIM1,61, Buy,MNQH6,MNQ,Micro,25101.00,1,02/03/2026 10:01:02, Filled\n"
                + "62,SIM1,62, Sell,MNQH6,MNQ,Micro,25111.00,3,02/03/2026 10:05:09, Filled\n"
                + "63,SIM1,63, Buy,MNQH6,MNQ,Micro,25100.00,1,02/03/2026 10:06:09, Canceled\n"
                + "64,SIM1,64, Buy,MNQH6,MNQ,Micro,25105.50,2,02/03/2026 10:07:09, Filled\n");

        assertThat(file.trades()).hasSize(2);
        assertTrade(file.trades().get(0), "MNQH6", "LONG", "25101", "25111", "2", "0");
        assertTrade(file.trades().get(1), "MNQH6", "SHORT", "25111", "25105.5", "4", "0");
        assertThat(file.netPnl()).isEqualByComparingTo("42");
    }

    @Test
    void accounts_and_assets_are_matched_apart_and_the_latest_may_be_first() {
        ReadFile file = ReadFile.of(FLEX
                + "U2,STK,A,20260203;150000,10,11,0,BUY,9,\n"
                + "U1,STK,A,20260203;140000,-10,12,0,SELL,8,\n"
                + "U2,STK,A,20260203;130000,-10,12,0,SELL,7,\n"
                + "U1,STK,A,20260203;120000,10,11,0,BUY,6,\n");

        assertThat(file.trades()).extracting(TradeFields::direction).containsExactlyInAnyOrder("LONG", "SHORT");
        assertThat(file.netPnl()).isEqualByComparingTo("20");
    }

    @Test
    void a_position_carried_into_or_out_of_the_file_is_named() {
        ReadFile file = ReadFile.of("txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers\n"
                + "T1,O1,XBTUSD,2026-02-03 10:00:00.1234,sell,market,70000,7000,1,0.1,0,,\n"
                + "T2,O2,XBTUSD,2026-02-03 11:00:00,buy,market,69000,6900,1,0.1,0,,\n"
                + "T3,O3,XBTUSD,2026-02-03 12:00:00,sell,market,70000,7000,1,0.1,0,,\n"
                + "T4,O4,XBTUSD,2026-02-03 13:00:00,buy,market,69000,6900,1,0.1,0,,\n");

        assertThat(file.accepted())
                .singleElement()
                .satisfies(trade -> assertTrade(trade, "XBTUSD", "LONG", "69000", "70000", "0.1", "2"));
        assertThat(file.rejected())
                .containsExactly("2: closes what was opened before this file begins; send a longer one");
        assertThat(file.drafts().results())
                .contains(LineResult.skipped(
                        5,
                        "belongs to a position of 0.1 that is open at the end of the file; send one with its closing"));
    }

    @Test
    void a_line_that_cannot_be_read_leaves_its_asset_unmatched_and_no_other() {
        ReadFile file = ReadFile.of(FLEX
                + "U1,STK,A,20260203;120000,10,eleven,0,BUY,6,\n"
                + "U1,STK,A,20260203;140000,-10,12,0,SELL,8,\n"
                + "U1,STK,B,20260203;120000,10,11,0,BUY,7,\n"
                + "U1,STK,B,20260203;140000,-10,12,0,SELL,9,\n");

        assertThat(file.accepted()).extracting(TradeFields::asset).containsExactly("B");
        assertThat(file.rejected())
                .containsExactly(
                        "2: TradePrice is not a number",
                        "3: cannot be matched, since line 2 of the same asset cannot be read");
    }

    @Test
    void the_side_within_a_second_is_told_by_ids_or_not_at_all() {
        String buyFirst = "U1,STK,A,20260203;120000,10,11,0,BUY,";
        String sell = "U1,STK,A,20260203;120000,-10,12,0,SELL,";

        assertThat(ReadFile.of(FLEX + buyFirst + "9,\n" + sell + "8,\n").trade().direction())
                .isEqualTo("SHORT");
        assertThat(ReadFile.of(FLEX + buyFirst + ",\n" + sell + ",\n").rejected())
                .hasSize(2)
                .allMatch(reason -> reason.contains("LONG or SHORT"));
    }

    @Test
    void options_and_futures_are_worth_their_multiplier_and_an_unknown_contract_is_said() {
        ReadFile file = ReadFile.of(FLEX
                + "U1,OPT,SPY 260220P00600000,20260203;120000,-2,1.10,-1.3,SELL,1,100\n"
                + "U1,OPT,SPY 260220P00600000,20260220;162000,2,0,0,BUY,2,100\n");
        ReadFile unknown = ReadFile.of(ORDERS
                + "61,SIM1,61,Buy,XYZH6,XYZ,Unheard of,100.00,1,02/03/2026 10:01:02,Filled\n"
                + "62,SIM1,62,Sell,XYZH6,XYZ,Unheard of,101.00,1,02/03/2026 10:05:09,Filled\n");

        assertTrade(file.trade(), "SPY-260220P00600000", "SHORT", "1.10", "0", "200", "1.3");
        assertThat(unknown.notices()).singleElement().asString().contains("is worth is not known");
    }

    @Test
    void the_trades_of_an_activity_statement_are_read_between_its_other_tables() {
        TradeFields trade = ReadFile.of("Statement,Header,Field Name,Field Value\n"
                        + "Statement,Data,BrokerName,Interactive Brokers\n"
                        + "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\n"
                        + "Trades,Data,Order,Stocks,USD,F,\"2026-02-03, 09:45:01\",\"1,500\",11.20,11.25,-16800,-7.5,16807.5,0,75,O\n"
                        + "Trades,Data,Order,Stocks,USD,F,\"2026-02-03, 10:45:01\",\"-1,500\",11.30,11.25,16950,-7.6,-16807.5,134.9,0,C\n"
                        + "Trades,SubTotal,,Stocks,USD,F,,0,,,150,-15.1,0,134.9,75,\n"
                        + "Trades,Total,,Stocks,USD,,,,,,150,-15.1,0,134.9,75,\n")
                .trade();

        assertTrade(trade, "F", "LONG", "11.20", "11.30", "1500", "15.1");
    }

    @Test
    void what_binance_charges_in_the_coin_that_was_bought_is_a_fee() {
        ReadFile file = ReadFile.of("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n"
                + "2026-02-03 10:00:00,1INCHUSDT,BUY,0.5,10001INCH,500USDT,11INCH\n"
                + "2026-02-03 11:00:00,1INCHUSDT,SELL,0.6,9991INCH,599.4USDT,0.6USDT\n"
                + "2026-02-03 10:00:00,BTCUSDT,BUY,70000,0.1BTC,7000USDT,0.01BNB\n"
                + "2026-02-03 11:00:00,BTCUSDT,SELL,71000,0.1BTC,7100USDT,7.1USDT\n");

        assertThat(file.trades()).extracting(TradeFields::asset).containsExactly("1INCH/USDT", "BTC/USDT");
        assertThat(file.trades().get(0).size()).isEqualByComparingTo("999");
        // 599.4 - 0.6 - 500, and 100 - 7.1
        assertThat(file.netPnl()).isEqualByComparingTo("191.7");
        assertThat(file.notices()).singleElement().asString().contains("Fee 0.01BNB is in another currency");
    }

    @Test
    void other_exchanges_and_platforms_are_read() {
        assertTrade(
                ReadFile.of("Time(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Trade ID\n"
                                + "2026-02-03 10:00:00,ETHUSDT,SELL,3000,1,3000,1.5,0,71\n"
                                + "2026-02-03 11:00:00,ETHUSDT,BUY,2900,1,2900,1.45,100,72\n")
                        .trade(),
                "ETHUSDT",
                "SHORT",
                "3000",
                "2900",
                "1",
                "2.95");
        assertTrade(
                ReadFile.of(
                                "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n"
                                        + "default,1,BTC-USD,BUY,2026-02-03T10:00:00.123Z,0.01,BTC,70000,3.5,-703.5,USD\n"
                                        + "default,2,BTC-USD,SELL,2026-02-03T11:00:00.123Z,0.01,BTC,71000,3.55,706.45,USD\n")
                        .trade(),
                "BTC/USD",
                "LONG",
                "70000",
                "71000",
                "0.01",
                "7.05");
        assertTrade(
                ReadFile.of(
                                "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"
                                        + "a1,2026-02-03 10:00:00 UTC,Buy,SOL,10,USD,$150.00,$1500.00,$1505.00,$5.00,\n"
                                        + "a2,2026-02-03 10:30:00 UTC,Reward Income,SOL,0.1,USD,$150.00,$15.00,$15.00,$0.00,\n"
                                        + "a3,2026-02-03 11:00:00 UTC,Advanced Trade Sell,SOL,-10,USD,$160.00,\"$1,600.00\",\"$1,594.00\",$6.00,\n")
                        .trade(),
                "SOL/USD",
                "LONG",
                "150",
                "160",
                "10",
                "11");
        assertTrade(
                ReadFile.of(
                                "Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,Account,Connection\n"
                                        + "ES 03-26,Sell,1,6800.25,2/3/2026 3:01:02 PM,e1,Entry,1 S,o1,Entry,$2.10,1,Sim101,c\n"
                                        + "ES 03-26,Buy,1,6790.25,2/13/2026 3:05:02 PM,e2,Exit,-,o2,Exit,$2.10,1,Sim101,c\n")
                        .trade(),
                "ES-03-26",
                "SHORT",
                "6800.25",
                "6790.25",
                "50",
                "4.2");
        assertTrade(
                ReadFile.of(
                                "Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Exit Type,Trade Time(UTC+0)\n"
                                        + "BTCUSDT,Sell,0.1,70000,71000,92.25,Trade,2026-02-03 11:00:00\n")
                        .trade(),
                "BTCUSDT",
                "LONG",
                "70000",
                "71000",
                "0.1",
                "7.75");
    }

    private static void assertTrade(
            TradeFields trade, String asset, String direction, String entry, String exit, String size, String fees) {
        assertThat(trade.asset()).isEqualTo(asset);
        assertThat(trade.direction()).isEqualTo(direction);
        assertThat(trade.entryPrice()).isEqualByComparingTo(entry);
        assertThat(trade.exitPrice()).isEqualByComparingTo(exit);
        assertThat(trade.size()).isEqualByComparingTo(size);
        assertThat(trade.fees()).isEqualByComparingTo(fees);
    }
}
