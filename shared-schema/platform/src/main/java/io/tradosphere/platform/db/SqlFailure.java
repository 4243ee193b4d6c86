package io.tradosphere.platform.db;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A classification of failed statements by what the caller can do. */
public enum SqlFailure {
    /** The database is unreachable, starting or stopping. A retry may succeed. */
    UNAVAILABLE,
    /** A lock, deadlock, serialization failure or time-out. A retry may succeed. */
    BUSY,
    /** A constraint or a column's type refuses the data. A retry fails again. */
    REFUSED,
    /** A defect, or a failure from outside the database. */
    OTHER;

    /** The beginning of the pg client's message for a closed pooled connection; it has no exception type. */
    private static final String CLOSED_CONNECTION_MESSAGE = "Connection is not active now";

    /** The pool's message when no connection became free in time; it has no exception type either. */
    private static final String NO_CONNECTION_MESSAGE = "Timeout";

    /** Classifies by SQLSTATE, as in the appendix "PostgreSQL Error Codes" of the PostgreSQL manual. */
    public static SqlFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && pg.getSqlState() != null) {
                return ofState(pg.getSqlState());
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || isClosedConnection(cause)) {
                return UNAVAILABLE;
            }
        }
        return OTHER;
    }

    /** Whether a retry of the same statement may succeed. */
    public boolean isPassing() {
        return this == UNAVAILABLE || this == BUSY;
    }

    private static SqlFailure ofState(String state) {
        return switch (state.substring(0, 2)) {
            case "08", "57", "58", "53" -> state.equals("57014") ? BUSY : UNAVAILABLE;
            case "40", "55", "25" -> BUSY;
            case "22", "23" -> REFUSED;
            case "28", "3D" -> UNAVAILABLE;
            default -> OTHER;
        };
    }

    private static boolean isClosedConnection(Throwable cause) {
        return cause instanceof VertxException
                || cause instanceof ClosedConnectionException
                || (cause.getMessage() != null && cause.getMessage().startsWith(CLOSED_CONNECTION_MESSAGE))
                || (cause instanceof NoStackTraceThrowable && NO_CONNECTION_MESSAGE.equals(cause.getMessage()));
    }
}
