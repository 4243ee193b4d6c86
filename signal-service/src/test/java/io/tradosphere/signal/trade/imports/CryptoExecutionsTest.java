package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import org.junit.jupiter.api.Test;

class CryptoExecutionsTest {

    private static final String KRAKEN =
            "txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers\n";
    private static final String BYBIT =
            "Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC)\n";
    private static final String BYBIT_WITH_COIN =
            "Spot Pairs,Order Type,Direction,feeCoin,ExecFeeV2,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC)\n";

    @Test
    void trades_of_kraken_on_margin_are_matched_apart_from_spot() {
        ReadFile file = ReadFile.of(KRAKEN
                + "T1,O1,XBTUSD,2026-03-02 10:00:00,buy,market,70000,7000,1,0.1,0,,\n"
                + "T2,O2,XBTUSD,2026-03-02 11:00:00,sell,market,71000,7100,1,0.1,1420,initiated,\n"
                + "T3,O3,XBTUSD,2026-03-02 12:00:00,buy,market,70500,7050,1,0.1,0,closing,\n"
                + "T4,O4,XBTUSD,2026-03-02 13:00:00,sell,market,70200,7020,1,0.1,0,,\n");

        assertThat(file.trades()).extracting(TradeFields::direction).containsExactly("LONG", "SHORT");
        // 20 - 2 and 50 - 2
        assertThat(file.netPnl()).isEqualByComparingTo("66");
        assertThat(file.notices())
                .containsExactly("3: what Kraken charges for holding on margin is in its ledgers, and is not counted");
    }

    @Test
    void a_margin_trade_that_may_open_or_close_leaves_its_pair_unread() {
        ReadFile file = ReadFile.of(KRAKEN
                + "T1,O1,XBTUSD,2026-03-02 10:00:00,buy,market,70000,7000,1,0.1,1400,,\n"
                + "T2,O2,XBTUSD,2026-03-02 11:00:00,sell,market,71000,7100,1,0.1,0,,\n");

        assertThat(file.accepted()).isEmpty();
        assertThat(file.rejected())
                .containsExactly(
                        "2: margin is 1400, and misc does not say whether it opened or closed a position; send a file with misc, or margin trades in TradoSphere's columns",
                        "3: cannot be matched, since line 2 of the same asset cannot be read");
    }

    @Test
    void bybit_charges_a_purchase_in_coins_and_a_sale_in_money() {
        ReadFile file = ReadFile.of(BYBIT
                + "ICPUSDT,LIMIT,BUY,80.00,8.00,10.00,0.01,2200000000351556764, 87307520,03:18 2026-03-02\n"
                + "ICPUSDT,MARKET,SELL,93.906,9.40,9.99,0.093906,2200000000355489633, 53982208,14:35 2026-03-03\n");

        TradeFields trade = file.trade();
        assertThat(trade.asset()).isEqualTo("ICP/USDT");
        assertThat(trade.size()).isEqualByComparingTo("9.99");
        assertThat(trade.openedAt()).isEqualTo("2026-03-02T03:18:00Z");
        assertThat(trade.brokerTradeId()).isEqualTo("2200000000351556764:2200000000355489633");
        // 93.906 - 0.093906 - 80
        assertThat(file.netPnl()).isEqualByComparingTo("13.812094");
    }

    @Test
    void the_coin_of_a_fee_counts_where_bybit_states_it() {
        ReadFile file = ReadFile.of(BYBIT_WITH_COIN
                + "SOL/USDC,MARKET,BUY,USDC,0.15,150,150,1,--,t1, o1,10:00 2026-03-02\n"
                + "SOL/USDC,MARKET,SELL,MNT,0.2,160,160,1,--,t2, o2,11:00 2026-03-02\n");

        assertThat(file.trade().asset()).isEqualTo("SOL/USDC");
        assertThat(file.netPnl()).isEqualByComparingTo("9.85");
        assertThat(file.notices()).containsExactly("2: Fee 0.2 MNT is in another currency and is not counted");
    }

    @Test
    void inverse_contracts_are_refused_with_what_to_send_instead() {
        ReadFile binance = ReadFile.of("Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit\n"
                + "2026-03-02 10:00:00,BTCUSD_PERP,BUY,70000,10,0.0142,0.00001,0\n");
        ReadFile bybit =
                ReadFile.of("Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Trade Time(UTC+0)\n"
                        + "BTCUSDH26,Sell,1000,70000,71000,0.0002,2026-03-02 11:00:00\n"
                        + "DOTUSD,Sell,1000,4,5,0.2,2026-03-02 11:00:00\n"
                        + "DOTUSDT,Sell,1000,4,5,1000,2026-03-02 11:00:00\n");

        assertThat(binance.rejected()).singleElement().asString().contains("BTCUSD_PERP is an inverse contract");
        assertThat(bybit.accepted()).extracting(TradeFields::asset).containsExactly("DOTUSDT");
        assertThat(bybit.rejected()).hasSize(2).allMatch(reason -> reason.contains("with size and brokerPnl in money"));
    }

    @Test
    void binance_writes_years_of_two_digits_in_the_zone_of_its_user() {
        ReadFile file = ReadFile.inZone(
                "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID\n"
                        + "8,26-03-02 11:00:00,ETHUSDC,SELL,2010,0.5,1005,0.402 USDC,5,false,false,12,2\n"
                        + "8,26-03-02 10:00:00,ETHUSDC,BUY,2000,0.5,1000,0.4 USDC,0,true,false,11,1\n",
                "Asia/Seoul");

        assertThat(file.trade().openedAt()).isEqualTo("2026-03-02T01:00:00Z");
        assertThat(file.netPnl()).isEqualByComparingTo("4.198");
    }

    @Test
    void the_sides_of_a_hedged_position_are_matched_apart() {
        ReadFile file =
                ReadFile.of("Time(UTC),Symbol,Side,Position Side,Order Type,Price,Quantity,Amount,Fee,Realized Profit\n"
                        + "2026-03-02 10:00:00,BTCUSDT,BUY,LONG,MARKET,70000,0.1,7000,2.8 USDT,0\n"
                        + "2026-03-02 11:00:00,BTCUSDT,SELL,SHORT,MARKET,71000,0.1,7100,2.84 USDT,0\n"
                        + "2026-03-02 12:00:00,BTCUSDT,BUY,SHORT,MARKET,70500,0.1,7050,2.82 USDT,50\n"
                        + "2026-03-02 13:00:00,BTCUSDT,SELL,LONG,MARKET,70200,0.1,7020,2.808 USDT,20\n");

        assertThat(file.trades()).extracting(TradeFields::direction).containsExactly("LONG", "SHORT");
    }

    @Test
    void a_quantity_whose_decimal_point_is_lost_is_seen_in_the_amount() {
        ReadFile file = ReadFile.of("Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit\n"
                + "26-03-02 10:00:00,BTCUSDT,BUY,80000.1,3,240.0003,0.12 USDT,0\n");

        assertThat(file.rejected()).containsExactly("2: Amount is not Price times the quantity: 240.0003 and 240000.3");
    }

    @Test
    void the_position_history_of_binance_is_read_and_checked_by_its_profit() {
        ReadFile file = ReadFile.of(
                "Symbol,Margin Mode,Position Side,Entry Price,Avg. Close Price,Max Open Interest,Closed Vol.,Closing PNL,Opened,Closed,Status\n"
                        + "SOLUSDT,Cross,Short,151.5,149.25,4,4,9,2026-03-02 10:00:00,2026-03-03 10:00:00,Closed\n"
                        + "SOLUSDT,Cross,Long,151.5,149.25,4,4,9,2026-03-02 10:00:00,2026-03-03 10:00:00,Closed\n"
                        + "SOLUSDT,Cross,Long,150,155,4,2,10,2026-03-04 10:00:00,2026-03-05 10:00:00,Partially Closed\n");

        assertThat(file.accepted()).singleElement().satisfies(trade -> {
            assertThat(trade.direction()).isEqualTo("SHORT");
            assertThat(trade.size()).isEqualByComparingTo("4");
        });
        assertThat(file.rejected())
                .containsExactly("3: Closing PNL is not that of the prices and the volume: 9 and -9.00");
        assertThat(file.notices()).containsExactly("2: the file has no fees");
    }

    @Test
    void an_execution_that_overlapping_files_have_twice_counts_once() {
        ReadFile file = ReadFile.of(KRAKEN
                + "T1,O1,SOLUSD,2026-03-02 10:00:00,buy,market,150,1500,1,10,0,,\n"
                + "T2,O2,SOLUSD,2026-03-02 11:00:00,sell,market,160,1600,1,10,0,,\n"
                + "T1,O1,SOLUSD,2026-03-02 10:00:00,buy,market,150,1500,1,10,0,,\n"
                + "T2,O2,SOLUSD,2026-03-02 11:00:00,sell,market,160,1600,1,10,0,,\n");

        assertThat(file.trade().size()).isEqualByComparingTo("10");
        assertThat(file.drafts().results())
                .containsExactly(
                        LineResult.skipped(4, "is an execution of this file again"),
                        LineResult.skipped(5, "is an execution of this file again"));
    }
}
