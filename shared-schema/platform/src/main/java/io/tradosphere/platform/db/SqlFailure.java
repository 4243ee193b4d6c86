package io.tradosphere.platform.db;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What a failed statement means for whoever asked. */
public enum SqlFailure {
    /** The database cannot be reached, is starting or going away. The same again may well succeed. */
    AWAY,
    /** A lock, deadlock, serialisation failure or time-out. The same again may well succeed. */
    BUSY,
    /** The statement's data can never be stored: a constraint or the column's type refuses it. */
    REFUSED,
    /** Neither a passing trouble nor the data's: a defect, or not of the database at all. */
    OTHER;

    /** The client has no type for this one. */
    private static final String CLOSED_WHILE_HANDED_OUT = "Connection is not active now";

    /** Classifies by SQLSTATE, see the appendix "PostgreSQL Error Codes" of its manual. */
    public static SqlFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && pg.getSqlState() != null) {
                return ofState(pg.getSqlState());
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || isClosedConnection(cause)) {
                return AWAY;
            }
        }
        return OTHER;
    }

    /** Whether the failure is a violation of the constraint or unique index of that name. */
    public static boolean violates(Throwable failure, String constraint) {
        return failure instanceof PgException pg && constraint.equals(pg.getConstraint());
    }

    /** Whether the same statement may succeed later. */
    public boolean isPassing() {
        return this == AWAY || this == BUSY;
    }

    private static SqlFailure ofState(String state) {
        return switch (state.substring(0, 2)) {
            case "08", "57", "58", "53" -> state.equals("57014") ? BUSY : AWAY;
            case "40", "55", "25" -> BUSY;
            case "22", "23" -> REFUSED;
            case "28", "3D" -> AWAY;
            default -> OTHER;
        };
    }

    private static boolean isClosedConnection(Throwable cause) {
        return cause instanceof VertxException
                || cause instanceof ClosedConnectionException
                || (cause.getMessage() != null && cause.getMessage().startsWith(CLOSED_WHILE_HANDED_OUT));
    }
}
