package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import org.junit.jupiter.api.Test;

/** Positions that were opened before a file of executions begins, or are open when it ends. */
class CarriedPositionsTest {

    private static final String STATEMENT =
            "Trades,Header,DataDiscriminator,Asset Category,Currency,Account,Symbol,Date/Time,Quantity,T. Price,Comm/Fee,Realized P/L,Code\n";
    private static final String FILLS = "Fill ID,Timestamp,B/S,Quantity,Price,Contract,commission\n";

    @Test
    void a_position_whose_result_the_broker_states_otherwise_is_rejected_with_both() {
        ReadFile file = ReadFile.of(STATEMENT
                + "Trades,Data,Order,Stocks,USD,U1,KO,\"2026-03-02, 10:00:00\",100,60,-1,0,O\n"
                + "Trades,Data,Order,Stocks,USD,U1,KO,\"2026-03-03, 10:00:00\",-100,61,-1,598,C\n"
                + "Trades,Data,Order,Stocks,USD,U1,PEP,\"2026-03-02, 10:00:00\",100,150,-1,0,O\n"
                + "Trades,Data,Order,Stocks,USD,U1,PEP,\"2026-03-03, 10:00:00\",-100,151,-1,98,C\n");

        assertThat(file.accepted()).extracting(TradeFields::asset).containsExactly("PEP");
        assertThat(file.rejected())
                .containsExactly(
                        "2: the broker states a profit of 600 before fees, and the executions make 100; perhaps one of the position is not in this file",
                        "3: the broker states a profit of 600 before fees, and the executions make 100; perhaps one of the position is not in this file");
    }

    @Test
    void the_stated_result_is_kept_to_the_cent_where_shown_averages_are_rounded() {
        ReadFile file = ReadFile.of(STATEMENT
                + "Trades,Data,Order,Stocks,USD,U1,F,\"2026-03-02, 10:00:00\",3000,11.3333,-1,0,O\n"
                + "Trades,Data,Order,Stocks,USD,U1,F,\"2026-03-03, 10:00:00\",-3000,11.50,-1,498,C\n");

        assertThat(file.brokerPnl()).isEqualByComparingTo("500");
        assertThat(file.netPnl()).isEqualByComparingTo("498");
    }

    @Test
    void accounts_and_currencies_of_a_statement_are_matched_apart() {
        ReadFile file = ReadFile.of(STATEMENT
                + "Trades,Data,Order,Stocks,USD,U1,RY,\"2026-03-02, 10:00:00\",10,100,-1,0,O\n"
                + "Trades,Data,Order,Stocks,CAD,U1,RY,\"2026-03-02, 11:00:00\",-10,140,-1,0,O\n"
                + "Trades,Data,Order,Stocks,USD,U2,RY,\"2026-03-02, 12:00:00\",-10,101,-1,0,O\n"
                + "Trades,Data,Order,Stocks,USD,U1,RY,\"2026-03-03, 10:00:00\",-10,103,-1,28,C\n"
                + "Trades,Data,Order,Stocks,CAD,U1,RY,\"2026-03-03, 11:00:00\",10,139,-1,8,C\n"
                + "Trades,Data,Order,Stocks,USD,U2,RY,\"2026-03-03, 12:00:00\",10,104,-1,-32,C\n");

        assertThat(file.trades()).extracting(TradeFields::direction).containsExactly("LONG", "SHORT", "SHORT");
        assertThat(file.netPnl()).isEqualByComparingTo("4");
    }

    @Test
    void the_stated_result_tells_what_an_unknown_contract_is_worth() {
        ReadFile file = ReadFile.of(STATEMENT
                + "Trades,Data,Order,Futures,EUR,U1,FDXM,\"2026-03-02, 10:00:00\",1,24000,-1,0,O\n"
                + "Trades,Data,Order,Futures,EUR,U1,FDXM,\"2026-03-03, 10:00:00\",-1,24010,-1,48,C\n");

        assertThat(file.trade().size()).isEqualByComparingTo("5");
        assertThat(file.netPnl()).isEqualByComparingTo("48");
        assertThat(file.notices()).isEmpty();
    }

    @Test
    void trades_of_an_asset_that_is_open_at_the_end_are_said_to_rest_on_a_beginning_without_it() {
        ReadFile file = ReadFile.of(FILLS
                + "1,03/02/2026 10:00:00,Sell,1,25000,MNQM6,0.5\n"
                + "2,03/02/2026 11:00:00,Buy,1,25010,MNQM6,0.5\n"
                + "3,03/02/2026 12:00:00,Sell,1,25020,MNQM6,0.5\n"
                + "4,03/02/2026 10:00:00,Buy,1,6800,MESM6,0.5\n"
                + "5,03/02/2026 11:00:00,Sell,1,6801,MESM6,0.5\n");

        assertThat(file.trades()).extracting(TradeFields::asset).containsExactly("MNQM6", "MESM6");
        assertThat(file.notices())
                .containsExactly(
                        "2: the position of this asset is -1 at the end of the file; if it was not 0 at its beginning, this trade was another one");
    }

    @Test
    void what_closes_more_than_the_file_opens_is_said() {
        ReadFile file = ReadFile.of("txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers\n"
                + "T1,O1,SOLUSD,2026-03-02 10:00:00,buy,market,150,1500,1,10,0,,\n"
                + "T2,O2,SOLUSD,2026-03-02 11:00:00,sell,market,160,4000,2.5,25,0,,\n");

        assertThat(file.trade().size()).isEqualByComparingTo("10");
        assertThat(file.netPnl()).isEqualByComparingTo("98");
        assertThat(file.notices()).containsExactly("2: line 3 closes 15 more than this file opens, which is left out");
    }

    @Test
    void a_futures_position_from_before_the_file_is_found_by_its_realized_profit() {
        ReadFile file = ReadFile.of("Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Trade ID\n"
                + "2026-03-02 10:00:00,ETHUSDT,BUY,3000,1,3000,1,0,71\n"
                + "2026-03-02 11:00:00,ETHUSDT,SELL,3100,3,9300,3,500,72\n"
                + "2026-03-02 12:00:00,ETHUSDT,BUY,3050,2,6100,2,0,73\n");

        assertThat(file.accepted()).isEmpty();
        assertThat(file.rejected()).anyMatch(reason -> reason.contains("states a profit of 500 before fees"));
    }
}
