package io.tradosphere.bench.measure;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** Generated files of 10,000 lines, as long as an import may have. Each has trades of its own. */
enum ImportFile {
    /** A line is a trade, with tags, notes and a broker's id. */
    OWN(
            "own",
            1,
            "asset,assetType,direction,entryPrice,exitPrice,size,fees,notes,openedAt,closedAt,brokerName,brokerTradeId\n") {
        @Override
        String trade(int number, long id, LocalDateTime time, Random random) {
            return String.format(
                    Locale.ROOT,
                    "ETH/USD,crypto,%s,%.2f,%.2f,%.2f,1.25,plan %d,%s,%s,B,%d%n",
                    number % 3 == 0 ? "SHORT" : "LONG",
                    3_000 + random.nextInt(40_000) / 100.0,
                    3_000 + random.nextInt(40_000) / 100.0,
                    0.1 + random.nextInt(300) / 100.0,
                    number,
                    CLOCK.format(time),
                    CLOCK.format(time.plusMinutes(90)),
                    id);
        }
    },
    /** A line is a trade, and the broker states its profit. */
    METATRADER(
            "metatrader", 1, "Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit\n") {
        @Override
        String trade(int number, long id, LocalDateTime time, Random random) {
            long entry = 105_000 + random.nextInt(5_000);
            long move = random.nextInt(400) - 200L;
            return String.format(
                    Locale.ROOT,
                    "%s,%d,EURUSD,buy,0.50,%.5f,,,%s,%.5f,-1.75,0.00,%.2f%n",
                    DOTTED.format(time),
                    id,
                    entry / 1e5,
                    DOTTED.format(time.plusMinutes(90)),
                    (entry + move) / 1e5,
                    move * 0.5);
        }
    },
    /** Four lines are a round trip: two executions that open it, and two that close it. */
    EXECUTIONS(
            "executions",
            4,
            "ClientAccountID,AssetClass,Symbol,DateTime,Quantity,TradePrice,IBCommission,Buy/Sell,TradeID,Multiplier\n") {
        @Override
        String trade(int number, long id, LocalDateTime time, Random random) {
            double price = 100 + random.nextInt(10_000) / 100.0;
            String symbol = "S" + number % 40;
            return execution(symbol, time, 30, price, id)
                    + execution(symbol, time.plusMinutes(1), 20, price + 0.05, id + 1)
                    + execution(symbol, time.plusMinutes(40), -25, price + 0.40, id + 2)
                    + execution(symbol, time.plusMinutes(50), -25, price - 0.15, id + 3);
        }
    };

    /** The number of lines after the header. */
    static final int LINES = 10_000;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern("yyyy.MM.dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FLEX = DateTimeFormatter.ofPattern("yyyyMMdd;HHmmss", Locale.ROOT);

    /** In winter, far from a change of any clock, for five weeks. */
    private static final LocalDateTime START = LocalDateTime.of(2025, 11, 10, 0, 0);

    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private final String title;
    private final int linesATrade;
    private final String header;

    ImportFile(String title, int linesATrade, String header) {
        this.title = title;
        this.linesATrade = linesATrade;
        this.header = header;
    }

    /** Its name in reports. */
    String title() {
        return title;
    }

    /** The number of its trades. */
    int trades() {
        return LINES / linesATrade;
    }

    /** A file whose trades no other file with another number has. */
    String of(int file) {
        Random random = new Random(file);
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < trades(); i++) {
            long id = 100_000_000L + (long) file * LINES + (long) i * linesATrade;
            text.append(trade(i, id, START.plus(BETWEEN.multipliedBy(i)), random));
        }
        return text.toString();
    }

    abstract String trade(int number, long id, LocalDateTime time, Random random);

    private static String execution(String symbol, LocalDateTime time, int quantity, double price, long id) {
        return String.format(
                Locale.ROOT,
                "U1,STK,%s,%s,%d,%.2f,-0.35,%s,%d,1%n",
                symbol,
                FLEX.format(time),
                quantity,
                price,
                quantity > 0 ? "BUY" : "SELL",
                id);
    }
}
