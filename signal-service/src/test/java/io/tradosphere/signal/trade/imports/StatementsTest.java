package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An import equals the broker's own statement to the cent, or names the row that does not. */
class StatementsTest {

    private static final int STATEMENTS = 84;
    private static final int LINES = 12;

    enum Form {
        METATRADER("Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit"),
        WEB_TERMINAL("Order,Open time,Type,Lot,Symbol,Open price,Sl,Tp,Close time,Price,Commission,Swap,Profit / Loss"),
        TOPSTEPX("Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type"),
        TRADOVATE(
                "symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp"),
        TRADOSPHERE("asset,assetType,direction,entryPrice,exitPrice,size,fees,openedAt,closedAt"),
        EXECUTIONS("Symbol,DateTime,Quantity,TradePrice,IBCommission,Buy/Sell,TradeID");

        private final List<String> header;

        Form(String header) {
            this.header = List.of(header.split(","));
        }
    }

    /** How a country writes numbers. */
    private enum Style {
        PLAIN(',', "", '.'),
        ENGLISH('\t', ",", '.'),
        GERMAN(';', ".", ','),
        FRENCH(';', "\u00a0", ',');

        private final char separator;
        private final String thousands;
        private final char decimal;

        Style(char separator, String thousands, char decimal) {
            this.separator = separator;
            this.thousands = thousands;
            this.decimal = decimal;
        }

        String of(BigDecimal number) {
            String[] parts = number.abs().toPlainString().split("\\.");
            String whole = parts[0].replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", thousands);
            return (number.signum() < 0 ? "-" : "") + whole + (parts.length > 1 ? decimal + parts[1] : "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_sum_of_a_generated_statement_is_the_brokers_to_the_cent(Form form) {
        for (int seed = 0; seed < STATEMENTS; seed++) {
            Statement statement = new Statement(form, Style.values()[seed % 4], new Random(seed));
            ReadFile file = ReadFile.of(statement.text());

            assertThat(file.rejected())
                    .as("%s %d: %s", form, seed, statement.text())
                    .isEmpty();
            assertThat(file.netPnl())
                    .as("%s %d: %s", form, seed, statement.text())
                    .isEqualByComparingTo(statement.net);
        }
    }

    /** A statement and the sum that the broker states. */
    private static final class Statement {

        private final Form form;
        private final Style style;
        private final Random random;
        private final List<List<String>> lines = new ArrayList<>();
        private final Map<String, BigDecimal> base = new HashMap<>();
        private BigDecimal net = BigDecimal.ZERO;
        private int id = 1000;

        Statement(Form form, Style style, Random random) {
            this.form = form;
            this.style = style;
            this.random = random;
            lines.add(form.header);
            IntStream.range(0, LINES).forEach(this::add);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            lines.forEach(cells -> text.append(String.join(Character.toString(style.separator), cells))
                    .append("\r\n"));
            return text.toString();
        }

        private void add(int line) {
            boolean futures = form == Form.TOPSTEPX || form == Form.TRADOVATE;
            String symbol =
                    futures ? "MNQH6" : List.of("EURUSD", "XAUUSD", "USDJPY").get(random.nextInt(3));
            int scale = symbol.equals("EURUSD") ? 5 : symbol.equals("USDJPY") ? 3 : 2;
            BigDecimal worth = new BigDecimal(futures ? "2" : scale == 5 ? "100000" : scale == 3 ? "643.21" : "100");
            double level = symbol.equals("EURUSD") ? 1.17 : symbol.equals("USDJPY") ? 155 : futures ? 25_100 : 4_900;
            BigDecimal entry = base.computeIfAbsent(symbol, any -> price(level, scale));
            BigDecimal exit = price(level * (1 + random.nextGaussian() / 500), scale);
            boolean bought = random.nextBoolean();
            BigDecimal lots = futures
                    ? BigDecimal.valueOf(1 + random.nextInt(5))
                    : BigDecimal.valueOf(1 + random.nextInt(300), 2);
            BigDecimal move = bought ? exit.subtract(entry) : entry.subtract(exit);
            BigDecimal profit = move.multiply(lots).multiply(worth).setScale(2, RoundingMode.HALF_UP);
            BigDecimal fee = BigDecimal.valueOf(random.nextInt(500), 2);
            String opened = String.format(Locale.ROOT, "2026.02.%02d 10:%02d:%02d", 1 + line, line, line);
            String closed = opened.replace(" 10:", " 11:");
            String american = String.format(Locale.ROOT, "02/%02d/2026 10:%02d:%02d", 13 + line, line, line);
            String later = american.replace(" 10:", " 11:");
            String ticket = Integer.toString(id++);
            switch (form) {
                case METATRADER ->
                    lines.add(List.of(
                            opened,
                            ticket,
                            symbol,
                            bought ? "buy" : "sell",
                            of(lots),
                            of(entry),
                            "",
                            "",
                            closed,
                            of(exit),
                            of(fee.negate()),
                            of(BigDecimal.ZERO.setScale(2)),
                            of(profit)));
                case WEB_TERMINAL ->
                    lines.add(List.of(
                            ticket,
                            opened,
                            bought ? "Buy" : "Sell",
                            of(lots),
                            symbol,
                            of(entry),
                            "0",
                            "0",
                            closed,
                            of(exit),
                            of(fee.negate()),
                            "0",
                            of(profit)));
                case TOPSTEPX ->
                    lines.add(List.of(
                            ticket,
                            symbol,
                            american + " -05:00",
                            later + " -05:00",
                            of(entry),
                            of(exit),
                            of(fee),
                            of(profit),
                            of(lots),
                            bought ? "Long" : "Short"));
                case TRADOVATE -> {
                    fee = BigDecimal.ZERO;
                    lines.add(List.of(
                            symbol,
                            "-2",
                            "0",
                            "0.25",
                            ticket,
                            Integer.toString(id++),
                            of(lots),
                            of(bought ? entry : exit),
                            of(bought ? exit : entry),
                            profit.signum() < 0 ? "$(" + of(profit.negate()) + ")" : "$" + of(profit),
                            bought ? american : later,
                            bought ? later : american));
                }
                case TRADOSPHERE -> {
                    profit = move.multiply(lots);
                    lines.add(List.of(
                            symbol,
                            "forex",
                            bought ? "LONG" : "SHORT",
                            of(entry),
                            of(exit),
                            of(lots),
                            of(fee),
                            opened,
                            closed));
                }
                default -> {
                    // Half is closed before the rest.
                    BigDecimal half = lots.multiply(BigDecimal.valueOf(50)).setScale(0, RoundingMode.UP);
                    BigDecimal first = price(level * (1 + random.nextGaussian() / 500), scale);
                    BigDecimal all = half.add(half);
                    profit = move.add(bought ? first.subtract(entry) : entry.subtract(first))
                            .multiply(half);
                    execution(symbol, opened, all, entry, fee, bought);
                    execution(symbol, opened.replace(" 10:", " 12:"), half, first, BigDecimal.ZERO, !bought);
                    execution(symbol, opened.replace(" 10:", " 13:"), half, exit, BigDecimal.ZERO, !bought);
                }
            }
            net = net.add(profit).subtract(fee);
        }

        private void execution(
                String symbol, String time, BigDecimal quantity, BigDecimal price, BigDecimal fee, boolean buys) {
            lines.add(List.of(
                    symbol,
                    time,
                    of(buys ? quantity : quantity.negate()),
                    of(price),
                    of(fee.negate()),
                    buys ? "BUY" : "SELL",
                    Integer.toString(id++)));
        }

        private String of(BigDecimal number) {
            return style.of(number);
        }

        private static BigDecimal price(double value, int scale) {
            return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
        }
    }
}
