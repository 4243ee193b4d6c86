package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tradosphere.http.Problem;
import io.tradosphere.signal.trade.TradeFields;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void our_own_format_has_every_field_in_whatever_order_quoted_or_not() {
        TradeDrafts drafts = read("""
                notes,Asset,assetType,direction,tags,entryPrice,exitPrice,stopLoss,takeProfit,size,leverage,fees,strategy,brokerName,brokerTradeId,openedAt,closedAt
                "said ""buy"",
                and did",btc/usd,CRYPTO,short, swing | news ,64000.5,63000,65000,60000,0.25,3,-0.1,fade,Binance,42,2026-01-01T00:00:00Z,2026-01-02 01:02:03.5
                ,SPY,stocks,LONG,,500,,,,1,,,,,,2026-01-03T00:00:00+02:00,
                """);

        assertThat(drafts.format()).isEqualTo("TradoSphere");
        assertThat(drafts.results()).isEmpty();
        assertThat(drafts.trades()).extracting(TradeDrafts.Draft::line).containsExactly(2L, 4L);
        assertThat(fields(drafts, 0))
                .isEqualTo(new TradeFields(
                        "btc/usd",
                        "crypto",
                        "SHORT",
                        new BigDecimal("64000.5"),
                        new BigDecimal("63000"),
                        new BigDecimal("65000"),
                        new BigDecimal("60000"),
                        new BigDecimal("0.25"),
                        new BigDecimal("3"),
                        new BigDecimal("-0.1"),
                        "said \"buy\",\nand did",
                        List.of("swing", "news"),
                        "fade",
                        "Binance",
                        "42",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-02T01:02:03.5Z")));
        assertThat(fields(drafts, 1).openedAt()).isEqualTo("2026-01-02T22:00:00Z");
        assertThat(fields(drafts, 1).exitPrice()).isNull();
    }

    @Test
    void positions_of_metatrader_5_are_read_between_title_and_orders_in_the_money_of_the_account() {
        TradeDrafts drafts = read(ImportFiles.METATRADER_5);

        assertThat(drafts.format()).isEqualTo("MetaTrader 5");
        assertThat(drafts.results()).isEmpty();
        assertThat(drafts.trades())
                .extracting(
                        TradeDrafts.Draft::line,
                        draft -> draft.entry().fields().asset(),
                        draft -> draft.entry().fields().assetType(),
                        draft -> draft.entry().fields().direction(),
                        draft -> draft.entry().fields().brokerTradeId())
                .containsExactly(
                        tuple(6L, "XAUUSD", "forex", "LONG", "1001"),
                        tuple(7L, "EURUSD.M", "forex", "SHORT", "1002"),
                        tuple(8L, "US30", "futures", "SHORT", "1003"));
        assertNumbers(fields(drafts, 0), "4182.78", "4186.14", "1", "0.08");
        assertNumbers(fields(drafts, 1), "1.105", "1.107", "50000", "3.75");
        assertNumbers(fields(drafts, 2), "40000", "40000", "1", "0");
        assertThat(fields(drafts, 1).stopLoss()).isEqualByComparingTo("1.109");
        assertThat(fields(drafts, 1).takeProfit()).as("0 is none").isNull();
        assertThat(fields(drafts, 0).openedAt()).isEqualTo("2026-03-02T10:00:00Z");
        assertThat(fields(drafts, 0).closedAt()).isEqualTo("2026-03-02T10:30:12Z");
    }

    @Test
    void semicolons_bring_decimal_commas_and_times_are_of_the_zone_that_was_named() {
        TradeDrafts drafts =
                TradeDrafts.of(Sheet.of(upload(ImportFiles.METATRADER_5_GERMAN, "Europe/Athens")), VALIDATOR);

        TradeFields trade = fields(drafts, 0);
        assertNumbers(trade, "64000.5", "65000.5", "0.1", "1.2");
        assertThat(trade.assetType()).isEqualTo("crypto");
        assertThat(trade.stopLoss()).isEqualByComparingTo("63000");
        assertThat(trade.openedAt()).isEqualTo("2026-03-02T08:00:00Z");
    }

    @Test
    void closed_transactions_of_metatrader_4_are_read_and_balances_sums_and_open_trades_are_none() {
        TradeDrafts drafts = read(ImportFiles.METATRADER_4);

        assertThat(drafts.format()).isEqualTo("MetaTrader 4");
        assertThat(drafts.trades()).hasSize(1);
        assertNumbers(fields(drafts, 0), "1.1", "1.105", "10000", "0.8");
        assertThat(fields(drafts, 0).asset()).isEqualTo("EURUSD");
        assertThat(fields(drafts, 0).brokerTradeId()).isEqualTo("32");
        assertThat(drafts.results())
                .containsExactly(
                        LineResult.skipped(3, "is not a closed trade"), LineResult.skipped(5, "is not a closed trade"));
    }

    @Test
    void trades_of_topstepx_have_their_offsets_and_are_worth_what_the_contract_is() {
        TradeDrafts drafts = read(ImportFiles.TOPSTEPX);

        assertThat(drafts.format()).isEqualTo("TopstepX");
        assertThat(drafts.results()).isEmpty();
        assertNumbers(fields(drafts, 0), "46356", "46156", "2", "3.46");
        assertThat(fields(drafts, 0).direction()).isEqualTo("SHORT");
        assertThat(fields(drafts, 0).openedAt()).isEqualTo("2025-11-18T14:45:25Z");
        assertNumbers(fields(drafts, 1), "6000", "5990", "5", "1.48");
        assertThat(fields(drafts, 1).closedAt()).isEqualTo("2025-11-19T09:56:16Z");
    }

    @Test
    void what_tradovate_sold_before_it_was_bought_is_a_short() {
        TradeDrafts drafts = read(ImportFiles.TRADOVATE);

        assertThat(drafts.format()).isEqualTo("Tradovate");
        assertNumbers(fields(drafts, 0), "20000", "20510", "4", null);
        assertThat(fields(drafts, 0).direction()).isEqualTo("LONG");
        assertThat(fields(drafts, 0).brokerTradeId()).isEqualTo("1001:1002");
        assertNumbers(fields(drafts, 1), "20010", "20020", "2", null);
        assertThat(fields(drafts, 1).direction()).isEqualTo("SHORT");
        assertThat(fields(drafts, 1).openedAt()).isEqualTo("2026-01-22T10:01:00Z");
    }

    @Test
    void a_broker_is_called_what_the_caller_says_unless_our_own_format_says_itself() {
        Upload positions = Upload.of(
                ImportFiles.METATRADER_5.getBytes(StandardCharsets.UTF_8), null, "", "IC Markets", null, false);
        Upload own = Upload.of(
                ImportFiles.own(
                                "BTC/USD,crypto,LONG,100,110,1,,Binance,1,2026-01-01,2026-01-02",
                                "BTC/USD,crypto,LONG,100,110,1,,Binance,1,2026-01-01T00:00Z,2026-01-02T00:00Z",
                                "BTC/USD,crypto,LONG,100,110,1,,,2,2026-01-01T00:00Z,2026-01-02T00:00Z")
                        .getBytes(StandardCharsets.UTF_8),
                null,
                null,
                "Kraken",
                null,
                false);

        assertThat(TradeDrafts.of(Sheet.of(positions), VALIDATOR).trades())
                .extracting(draft -> draft.entry().fields().brokerName())
                .containsOnly("IC Markets");
        assertThat(TradeDrafts.of(Sheet.of(own), VALIDATOR).trades())
                .extracting(draft -> draft.entry().fields().brokerName())
                .containsExactly("Binance", "Kraken");
    }

    @ParameterizedTest
    @CsvSource({
        "XAUUSD, forex",
        "EURUSD.r, forex",
        "BTCUSD, crypto",
        "AAPL, stocks",
        "#AAPL, stocks",
        "SAP.DE, stocks",
        "US500, futures",
        "UKOIL, futures",
        "BRENT, futures",
        "EURABC, futures"
    })
    void the_asset_type_of_a_metatrader_symbol_is_guessed_from_its_letters(String symbol, String assetType) {
        TradeDrafts drafts = read(ImportFiles.METATRADER_5.replace("XAUUSD,buy", symbol + ",buy"));

        assertThat(fields(drafts, 0).assetType()).isEqualTo(assetType);
    }

    @Test
    void a_profit_against_the_prices_is_refused() {
        TradeDrafts drafts = read(ImportFiles.TRADOVATE.replace("$(20.00)", "$20.00"));

        assertThat(drafts.trades()).hasSize(1);
        assertThat(drafts.results())
                .containsExactly(LineResult.rejected(3, "the profit does not fit the prices and the direction"));
    }

    @Test
    void whichever_way_a_spreadsheet_saves_it_the_file_is_the_same() {
        String unix = ImportFiles.own(1, 2);
        String dos = unix.replace("\n", "\r\n") + "\r\n\r\n";

        assertThat(lines(dos.getBytes(StandardCharsets.UTF_8))).containsExactly(2L, 3L);
        assertThat(lines(("\uFEFF" + dos).getBytes(StandardCharsets.UTF_8))).containsExactly(2L, 3L);
        assertThat(lines(unix.getBytes(StandardCharsets.UTF_16))).containsExactly(2L, 3L);
        assertThat(lines(("\uFEFF" + unix).getBytes(StandardCharsets.UTF_16LE))).containsExactly(2L, 3L);
        assertThat(lines(unix.replace(',', '\t').getBytes(StandardCharsets.UTF_8)))
                .containsExactly(2L, 3L);
        assertThat(lines(unix.replace(',', ';').replace("0.5", "0,5").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(2L, 3L);
    }

    @Test
    void a_bad_line_is_refused_alone_with_the_reason() {
        TradeDrafts drafts = read(ImportFiles.own(
                "BTC/USD,crypto,LONG,100,110,1,,Binance,1,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "BTC/USD,crypto,LONG,1x5,110,1,,Binance,2,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "BTC/USD,crypto,LONG,100,110,1,,Binance,3,yesterday,2026-01-02T00:00:00Z",
                ",crypto,LONG,100,110,1,,Binance,4,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "BTC USD,crypto,UP,-1,110,1,,Binance,5,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                "BTC/USD,crypto,LONG,100",
                "",
                "BTC/USD,crypto,LONG,100,110,1,,binance,1,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,,"));

        assertThat(drafts.trades()).extracting(TradeDrafts.Draft::line).containsExactly(2L);
        assertThat(drafts.results())
                .containsExactly(
                        LineResult.rejected(3, "entryPrice is not a number"),
                        LineResult.rejected(
                                4,
                                "openedAt is not a time; write it as 2026-01-31 15:45:00 or with an offset, 2026-01-31T15:45:00Z"),
                        LineResult.rejected(5, "asset is missing"),
                        LineResult.rejected(
                                6,
                                "asset has 1 to 32 plain characters and no spaces, such as BTC/USD; direction is one of LONG, SHORT;"
                                        + " entryPrice is more than 0 and less than 1000000000000, with at most 8 decimals"),
                        LineResult.rejected(7, "openedAt is missing"),
                        LineResult.skipped(9, "is the trade of line 2 again"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "{}",
                "asset,assetType,direction,entryPrice,size",
                "asset,asset,assetType,direction,entryPrice,size,openedAt"
            })
    void a_file_without_a_known_header_is_refused_with_the_supported_formats(String csv) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(csv))
                .satisfies(problem -> assertThat(problem.kind().id()).isEqualTo("unknown-import-format"))
                .withMessageContainingAll("TradoSphere", "MetaTrader 5", "MetaTrader 4", "TopstepX", "Tradovate");
    }

    @Test
    void what_cannot_be_read_at_all_is_malformed() {
        refused(
                "malformed-body",
                () -> Upload.of(new byte[] {'a', (byte) 0xc3, (byte) 0x28}, null, null, null, null, false));
        refused("invalid-request", () -> Upload.of(new byte[0], null, "Mars/Olympus", null, null, false));
        refused("unknown-import-format", () -> Sheet.of(Upload.of(null, null, "", "", null, false)));
        refused("unknown-import-format", () -> read(",".repeat(20_000)));
        refused("unknown-import-format", () -> read("title\n".repeat(500) + ImportFiles.own(1, 1)));
        refused("malformed-body", () -> Upload.of(new byte[] {'P', 'K', 3, 4, 0}, null, null, null, null, false));
        refused("malformed-body", () -> Upload.of(new byte[0], "no such charset", null, null, null, false));
    }

    @Test
    void a_file_of_more_than_ten_thousand_lines_is_too_large() {
        assertThat(read(ImportFiles.own(1, 10_000)).trades()).hasSize(10_000);
        refused("body-too-large", () -> read(ImportFiles.own(1, 10_001)));
    }

    private static void refused(String kind, Runnable reading) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(reading::run)
                .satisfies(problem -> assertThat(problem.kind().id()).isEqualTo(kind));
    }

    private static void assertNumbers(TradeFields trade, String entry, String exit, String size, String fees) {
        assertThat(trade.entryPrice()).isEqualByComparingTo(entry);
        assertThat(trade.exitPrice()).isEqualByComparingTo(exit);
        assertThat(trade.size()).isEqualByComparingTo(size);
        if (fees == null) {
            assertThat(trade.fees()).isNull();
        } else {
            assertThat(trade.fees()).isEqualByComparingTo(fees);
        }
    }

    private static TradeFields fields(TradeDrafts drafts, int index) {
        return drafts.trades().get(index).entry().fields();
    }

    private static List<Long> lines(byte[] file) {
        return TradeDrafts.of(Sheet.of(Upload.of(file, null, null, null, null, false)), VALIDATOR).trades().stream()
                .map(TradeDrafts.Draft::line)
                .toList();
    }

    private static TradeDrafts read(String csv) {
        return TradeDrafts.of(Sheet.of(upload(csv, null)), VALIDATOR);
    }

    private static Upload upload(String csv, String zone) {
        return Upload.of(csv.getBytes(StandardCharsets.UTF_8), null, zone, null, null, false);
    }
}
