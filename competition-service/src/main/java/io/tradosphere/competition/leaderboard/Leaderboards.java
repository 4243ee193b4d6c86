package io.tradosphere.competition.leaderboard;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The order of participants. Who is in stealth mode is left out by row security, for all but themselves; public ranks have no hole
 * where they are.
 */
@ApplicationScoped
class Leaderboards {

    private static final ProblemKind NOT_COMPLETED =
            new ProblemKind("not-completed", 409, "The competition is not over yet");

    /** One row, and nothing in it, of a competition without anybody to show. */
    private static final String PAGE = "SELECT c.id AS competition_id, " + LeaderboardRow.COLUMNS + """
            FROM competitions c LEFT JOIN LATERAL (
              SELECT n.id, n.user_id, n.public_rank, n.clan_id, n.score, n.total_pnl, n.win_rate, n.sharpe_ratio,
                n.max_drawdown, n.trade_count
              FROM competition_participants n
              WHERE n.competition_id = c.id
                AND (n.public_rank, n.id) > ($2::int, coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid))
              ORDER BY n.public_rank, n.id LIMIT $4
            ) AS e ON true LEFT JOIN profiles p ON p.id = e.user_id
            WHERE c.id = $1 ORDER BY e.public_rank, e.id
            """;

    private static final String AROUND = """
            WITH own AS MATERIALIZED (
              SELECT id, public_rank, rank FROM own_participations WHERE competition_id = $1
            ), near AS (
              (SELECT e.id, e.public_rank FROM own JOIN LATERAL (
                SELECT n.id, n.public_rank FROM competition_participants n
                WHERE n.competition_id = $1 AND (n.public_rank, n.id) < (own.public_rank, own.id)
                ORDER BY n.public_rank DESC, n.id DESC LIMIT 5) AS e ON true)
              UNION ALL SELECT id, public_rank FROM own
              UNION ALL
              (SELECT e.id, e.public_rank FROM own JOIN LATERAL (
                SELECT n.id, n.public_rank FROM competition_participants n
                WHERE n.competition_id = $1 AND (n.public_rank, n.id) > (own.public_rank, own.id)
                ORDER BY n.public_rank, n.id LIMIT 5) AS e ON true)
            )
            SELECT (SELECT id FROM own) AS own_id, (SELECT rank FROM own) AS true_rank,
            """ + LeaderboardRow.COLUMNS + """
            FROM near JOIN competition_participants e ON e.id = near.id LEFT JOIN profiles p ON p.id = e.user_id
            ORDER BY e.public_rank, e.id
            """;

    private static final String RESULTS = "SELECT c.status, " + ResultView.COLUMNS + """
             FROM competitions c LEFT JOIN LATERAL (
              SELECT * FROM results z
              WHERE z.competition_id = c.id
                AND (z.rank, z.id) > ($2::int, coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid))
              ORDER BY z.rank, z.id LIMIT $4
            ) AS r ON true LEFT JOIN profiles p ON p.id = r.user_id
            WHERE c.id = $1 ORDER BY r.rank, r.id
            """;

    private final Slice slice;

    Leaderboards(Slice slice) {
        this.slice = slice;
    }

    /**
     * Who leads.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<LeaderboardRow>> page(Optional<Caller> caller, UUID competition, PageRequest page) {
        return read(caller, PAGE, competition, page)
                .map(rows -> page.page(shown(rows, LeaderboardRow::of), last -> Cursor.after(last.rank(), last.id())));
    }

    /**
     * Where the caller stands, and who is near.
     *
     * @throws Problem {@code not-found} (404) for whoever takes no part
     */
    Uni<OwnStanding> around(Caller caller, UUID competition) {
        return slice.read(caller, AROUND, competition).map(rows -> {
            List<LeaderboardRow> above = new ArrayList<>();
            List<LeaderboardRow> below = new ArrayList<>();
            LeaderboardRow own = null;
            Integer trueRank = null;
            for (Row row : rows) {
                LeaderboardRow one = LeaderboardRow.of(row);
                if (one.id().equals(row.getUUID("own_id"))) {
                    own = one;
                    trueRank = row.getInteger("true_rank");
                } else if (own == null) {
                    above.add(one);
                } else {
                    below.add(one);
                }
            }
            if (own == null) {
                throw Problems.NOT_FOUND.because("You take no part in this competition; join it first.");
            }
            return OwnStanding.of(trueRank, own, above, below);
        });
    }

    /**
     * Who has won.
     *
     * @throws Problem {@code not-found} (404), {@code not-completed} (409)
     */
    Uni<Page<ResultView>> results(Optional<Caller> caller, UUID competition, PageRequest page) {
        return read(caller, RESULTS, competition, page).map(rows -> {
            String status = rows.iterator().next().getString("status");
            if (!status.equals("completed")) {
                throw NOT_COMPLETED.because(
                        status.equals("cancelled")
                                ? "The competition was called off; there are no results."
                                : "Results are there a few seconds after endsAt; until then see the leaderboard.");
            }
            return page.page(shown(rows, ResultView::of), last -> Cursor.after(last.rank(), last.id()));
        });
    }

    private Uni<RowSet<Row>> read(Optional<Caller> caller, String sql, UUID competition, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        Object[] arguments = {
            competition,
            after.map(Leaderboards::rank).orElse(0),
            after.map(cursor -> cursor.uuid(1)).orElse(null),
            page.rows()
        };
        return caller.map(known -> slice.read(known, sql, arguments))
                .orElseGet(() -> slice.publicRead(sql, arguments))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw Problems.NOT_FOUND.because("No competition has this id.");
                    }
                });
    }

    /** A rank that no list reaches shows nothing, like one that it has not reached yet. */
    private static int rank(Cursor cursor) {
        return (int) Math.max(0, Math.min(cursor.number(0), Integer.MAX_VALUE));
    }

    /** The one row without anybody is no row. */
    private static <T> List<T> shown(RowSet<Row> rows, Function<Row, T> mapper) {
        return rows.iterator().next().getUUID("id") == null ? List.of() : Rows.list(rows, mapper);
    }
}
