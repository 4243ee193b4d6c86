package io.tradosphere.signal.erasure;

import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import java.util.List;

/** A person's trades, and whether their journal was public. */
final class Journal {

    private static final int AT_ONCE = 1_000;

    private static final String TRADES = """
            DELETE FROM trades WHERE id IN (
              SELECT id FROM trades WHERE user_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            RETURNING id, incarnation, now() AS deleted_at
            """;
    private static final String JOURNAL = "DELETE FROM journals WHERE profile_id = $1 AND incarnation <= $2";

    static final List<Part> PARTS = List.of(
            Part.told(
                    TRADES,
                    AT_ONCE,
                    (row, person, incarnation) -> new TradeDeleted(
                            row.getUUID("id"), person, row.getLong("incarnation"), Rows.instant(row, "deleted_at"))),
            Part.atOnce(JOURNAL));

    private Journal() {}
}
