package io.tradosphere.signal.parse;

/** The meaning of the number after a label. */
enum Level {
    ENTRY,
    TARGET,
    STOP,
    SIZE,
    /** Not part of a signal, such as leverage. */
    NOTHING
}
