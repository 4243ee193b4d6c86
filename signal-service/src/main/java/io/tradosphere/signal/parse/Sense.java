package io.tradosphere.signal.parse;

/** A meaning that a word has for traders, as {@code vocabulary.txt} lists them. A word may have several. */
enum Sense {
    ENTRY,
    TARGET,
    STOP,
    SIZE,
    /** A label of a number that is no part of a signal, such as leverage. */
    NOTHING,
    /** A label of an entry, if no other word is one. */
    PRICE,
    LONG,
    SHORT,
    BUY,
    SELL,
    BULLISH,
    BEARISH,
    UP,
    DOWN,
    /** A word of a language that writes decimal commas. */
    COMMA,
    NEGATION,
    /** A word between the members of a list. */
    JOIN,
    /** What a count counts: a number before it is no price. */
    COUNTED,
    /** A word that multiplies the number before it. */
    MULTIPLIER,
    /** What a distance is measured in, such as pips. */
    DISTANCE,
    MONTH,
    CLOCK,
    /** A word before a date. */
    DATE,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTHS,
    DAILY,
    WEEKLY,
    MONTHLY,
    HOURLY,
    SWING,
    SCALP,
    INTRADAY,
    /** A word often written in capitals that is no symbol. */
    JARGON,
    /** Where a stop is moved to without a number: the entry. */
    EVEN,
    /** A word about moving a level. */
    MOVE,
    /** A level that was moved. */
    MOVED,
    /** A level that was reached. */
    HIT,
    /** A trade that is over. */
    CLOSED,
    /** A trade that is over, if it says so with an asset. */
    OUT,
    /** A gain or loss made. */
    PROFIT,
    CANCEL,
    CLOSE,
    UPDATE,
    /** A word that begins a question. */
    ASK,
    CONDITION,
    /** A condition that stands after what it is about. */
    CONDITIONAFTER,
    FUTURE,
    PREVIOUS,
    /** What was, or would have been, long ago. */
    STORY,
    WAITING,
    OPTION,
    /** An option after a strike price. */
    CONTRACT,
    ADVERT,
    JOKE,
    /** A comparison. */
    AGAINST
}
