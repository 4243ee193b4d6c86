package io.tradosphere.signal.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What traders' words mean, in the languages they are most often written in; keys are upper case. */
final class Vocabulary {

    /** What a number after the word is. */
    enum Level {
        ENTRY,
        TARGET,
        STOP,
        SIZE,
        /** Something that is no part of a signal, such as leverage. */
        NOTHING
    }

    /** Which way a word points, and how plainly. */
    enum Lean {
        LONG(true, 0),
        SHORT(false, 0),
        BUY(true, 1),
        SELL(false, 1),
        BULLISH(true, 2),
        BEARISH(false, 2),
        UP(true, 3),
        DOWN(false, 3);

        private final boolean up;
        private final int rank;

        Lean(boolean up, int rank) {
            this.up = up;
            this.rank = rank;
        }

        boolean isUp() {
            return up;
        }

        /** 0 for the plainest. */
        int rank() {
            return rank;
        }
    }

    private static final Map<String, Level> LEVELS = new HashMap<>();
    private static final Map<String, Lean> LEANS = new HashMap<>();

    static {
        put(LEVELS, Level.ENTRY, """
                ENTRY ENTRIES ENTER ENTERED ENTERING EP ZONE LIMIT CMP FILLED AVG
                EINSTIEG EINSTIEGSKURS ENTRÉE ENTREE ENTRADA ВХОД""");
        put(LEVELS, Level.TARGET, """
                TP TPS TARGET TARGETS TGT TGTS TG TGS PT TAKEPROFIT TAKEPROFITS GOAL EXIT COVER 🎯
                ZIEL ZIELE KURSZIEL OBJECTIF OBJECTIFS OBJ OBJETIVO OBJETIVOS ЦЕЛЬ ЦЕЛИ ТП""");
        put(LEVELS, Level.STOP, """
                SL STOP STOPS STOPLOSS STOPP INVALIDATION INVALID INVALIDATED 🛑 ⛔ СТОП СЛ""");
        put(LEVELS, Level.SIZE, "SIZE QTY QUANTITY AMOUNT");
        put(LEVELS, Level.NOTHING, """
                LEV LEVERAGE HEBEL LEVIER RR CRV RRR RISK RISIKO RISQUE MARGIN BALANCE ACCOUNT PNL VOLUME VOL RSI EMA MA SMA
                MACD ATR OI FUNDING MCAP MARKETCAP FEE FEES WINRATE""");
        put(LEANS, Lean.LONG, "LONG LONGING LONGED ЛОНГ 做多");
        put(LEANS, Lean.SHORT, "SHORT SHORTING SHORTED ШОРТ 做空");
        put(LEANS, Lean.BUY, """
                BUY BUYING BUYS BOUGHT KAUF KAUFEN KAUFE GEKAUFT ACHAT ACHETER ACHETE ACHÈTE COMPRA COMPRAR КУПИТЬ ПОКУПКА""");
        put(LEANS, Lean.SELL, """
                SELL SELLING SELLS SOLD VERKAUF VERKAUFEN VERKAUFE VENTE VENDRE VENDS VENTA VENDER ПРОДАТЬ ПРОДАЖА""");
        put(LEANS, Lean.BULLISH, "BULLISH BULL HAUSSIER");
        put(LEANS, Lean.BEARISH, "BEARISH BEAR BAISSIER");
        put(LEANS, Lean.UP, "🟢 📈 🐂");
        put(LEANS, Lean.DOWN, "🔴 📉 🐻");
    }

    /** Words of languages that write decimals after a comma. */
    private static final Set<String> OF_COMMA_WRITERS = words("""
            EINSTIEG EINSTIEGSKURS ENTRÉE ENTREE ENTRADA ZIEL ZIELE KURSZIEL OBJECTIF OBJECTIFS OBJETIVO OBJETIVOS KAUF KAUFEN
            KAUFE GEKAUFT ACHAT ACHETER ACHETE ACHÈTE COMPRA COMPRAR VERKAUF VERKAUFEN VERKAUFE VENTE VENDRE VENDS VENTA VENDER
            HAUSSIER BAISSIER HEBEL LEVIER RISIKO RISQUE BEI UND ET STOPP ВХОД ЦЕЛЬ ЦЕЛИ""");

    private static final Set<String> NEGATIONS =
            words("NO NOT NEVER WITHOUT AVOID DON'T DONT ISN'T NONE NICHT KEIN KEINE KEINEN OHNE PAS SANS");
    private static final Set<String> MANAGEMENT = words("MOVE MOVED MOVING TRAIL TRAILING RAISE RAISED TRAILED");
    private static final Set<String> BREAK_EVEN = words("BE BREAKEVEN BREAK EVEN ENTRY MENTAL TBD TBA NONE NA OPEN");
    private static final Set<String> JOINS = words("AND UND ET Y OR THEN TO BIS À OU");
    private static final Set<String> QUANTITIES = words("""
            SHARE SHARES CONTRACT CONTRACTS LOT LOTS COIN COINS UNIT UNITS STÜCK STK ACTIONS PIP PIPS POINT POINTS PTS TICK TICKS
            BPS X MARGIN POSITION RISK TIMES TRADES CANDLES BARS PEOPLE FOLLOWERS EMA MA SMA R LEVERAGE HEBEL TARGETS TPS""");
    private static final Set<String> MONTHS = words("""
            JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER
            NOVEMBER DECEMBER JANUAR FEBRUAR MÄRZ MAI JUNI JULI OKTOBER DEZEMBER JANVIER FÉVRIER MARS AVRIL JUIN JUILLET AOÛT
            SEPTEMBRE OCTOBRE NOVEMBRE DÉCEMBRE""");
    private static final Set<String> CLOCKS = words("AM PM UTC GMT CET CEST EST EDT PST UHR O'CLOCK");

    /** Written in capitals often, and no symbol. */
    private static final Set<String> JARGON = words("""
            THE A AN I AND OR NOT NOW ALL IN ON AT BY OF IF IS IT MY ME WE UP TO FOR NEW BIG HIT HIGH LOW OPEN CLOSE DAY WEEK GO
            SET SEE ATH ATL RSI EMA SMA MACD VWAP FVG BOS CHOCH OB HTF LTF HH HL LH LL DCA FOMC CPI PPI NFP FED ECB SEC ETF USA
            US UK EU IMO IMHO NFA DYOR HODL LFG WAGMI FOMO FUD GM GN OK LOL TA FA EOD EOW PM AM BTFD ALERT SIGNAL TRADE SETUP
            CALL CALLS PUT PUTS VIP FREE SPOT PERP PERPS SWING SCALP HTTPS NO YES BE BREAK EVEN PRICE MARKET CURRENT PAIR COIN
            TOKEN TICKER STOCK ASSET SYMBOL FUTURES CRYPTO FOREX LEFT RIGHT SIDE DIRECTION TYPE ORDER TERM SQUEEZE THIS THAT
            AGAIN HERE SOME MORE WITH FROM OUR YOUR POSITION TIMEFRAME TF CHART DAILY WEEKLY HOURLY AFTER BEFORE ABOVE BELOW
            NEAR AROUND BETWEEN UNDER OVER FIRST SECOND HALF FULL SMALL USING CROSS ISOLATED""");

    private Vocabulary() {}

    /** What a number after the word is; null for nothing in particular. A number at the word's end counts its targets. */
    static Level level(String key) {
        Level level = LEVELS.get(key);
        if (level != null) {
            return level;
        }
        int end = key.length();
        while (end > 0 && key.charAt(end - 1) >= '0' && key.charAt(end - 1) <= '9') {
            end--;
        }
        if (end == key.length() || key.length() - end > 2) {
            return null;
        }
        String stem = key.substring(0, end);
        Level numbered = stem.equals("T") ? Level.TARGET : LEVELS.get(stem);
        return numbered == Level.NOTHING || numbered == Level.SIZE ? null : numbered;
    }

    /** Which way the word points; null for none. */
    static Lean lean(String key) {
        return LEANS.get(key);
    }

    static boolean isOfCommaWriters(String key) {
        return OF_COMMA_WRITERS.contains(key);
    }

    static boolean negates(String key) {
        return NEGATIONS.contains(key);
    }

    /** Whether the word tells of moving a level later on, rather than of the call. */
    static boolean manages(String key) {
        return MANAGEMENT.contains(key);
    }

    static boolean isBreakEven(String key) {
        return BREAK_EVEN.contains(key);
    }

    /** Whether the word stands between the members of a list. */
    static boolean joins(String key) {
        return JOINS.contains(key);
    }

    /** Whether a number before the word counts something, and is no price. */
    static boolean isCounted(String key) {
        return QUANTITIES.contains(key);
    }

    static boolean isMonth(String key) {
        return MONTHS.contains(key);
    }

    static boolean isClock(String key) {
        return CLOCKS.contains(key);
    }

    /** Whether the word means something here, so that it is no unknown symbol. */
    static boolean knows(String key) {
        return level(key) != null
                || LEANS.containsKey(key)
                || JARGON.contains(key)
                || NEGATIONS.contains(key)
                || JOINS.contains(key)
                || MANAGEMENT.contains(key)
                || OF_COMMA_WRITERS.contains(key)
                || MONTHS.contains(key)
                || CLOCKS.contains(key)
                || QUANTITIES.contains(key);
    }

    private static <T> void put(Map<String, T> dictionary, T meaning, String keys) {
        words(keys).forEach(key -> dictionary.put(key, meaning));
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
