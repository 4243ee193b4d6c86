package io.tradosphere.competition.leaderboard;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Read queries for leaderboards and results. Row security hides participants in stealth mode from everyone but themselves.
 * Public ranks skip them without a gap.
 */
@ApplicationScoped
class Leaderboards {

    private static final SqlFile SQL = SqlFile.of(Leaderboards.class);

    /** A competition without visible participants yields one row of nulls, so that it differs from an unknown competition. */
    private static final String LEADERBOARD = "SELECT c.id AS competition_id, " + LeaderboardRow.COLUMNS + """
            FROM competitions c LEFT JOIN LATERAL (
              SELECT n.id, n.user_id, n.public_rank, n.clan_id, n.score, n.total_pnl, n.win_rate, n.sharpe_ratio,
                n.max_drawdown, n.trade_count
              FROM competition_participants n
              WHERE n.competition_id = c.id
                AND (n.public_rank, n.id) > ($2::int, $3)
              ORDER BY n.public_rank, n.id LIMIT $4
            ) AS e ON true LEFT JOIN profiles p ON p.id = e.user_id
            WHERE c.id = $1 ORDER BY e.public_rank, e.id
            """;

    private static final String AROUND = SQL.get("around", Map.of("columns", LeaderboardRow.COLUMNS));

    private static final String RESULTS = "SELECT c.status, " + ResultView.COLUMNS + """
             FROM competitions c LEFT JOIN LATERAL (
              SELECT * FROM results z
              WHERE z.competition_id = c.id
                AND (z.rank, z.id) > ($2::int, $3)
              ORDER BY z.rank, z.id LIMIT $4
            ) AS r ON true LEFT JOIN profiles p ON p.id = r.user_id
            WHERE c.id = $1 ORDER BY r.rank, r.id
            """;

    private final SliceDatabase slice;

    Leaderboards(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Lists the leaderboard by public rank.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<LeaderboardRow>> page(Optional<Caller> caller, UUID competition, PageRequest page) {
        return read(caller, LEADERBOARD, competition, page)
                .map(rows -> page.page(shown(rows, LeaderboardRow::of), last -> Cursor.after(last.rank(), last.id())));
    }

    /**
     * Returns the caller's own row with its neighbours.
     *
     * @throws Problem {@code not-found} (404) when the caller does not participate
     */
    Uni<OwnRank> around(Caller caller, UUID competition) {
        return slice.read(caller, AROUND, competition).map(rows -> {
            List<LeaderboardRow> above = new ArrayList<>();
            List<LeaderboardRow> below = new ArrayList<>();
            LeaderboardRow own = null;
            Integer trueRank = null;
            for (Row row : rows) {
                LeaderboardRow participant = LeaderboardRow.of(row);
                if (participant.id().equals(row.getUUID("own_id"))) {
                    own = participant;
                    trueRank = row.getInteger("true_rank");
                } else if (own == null) {
                    above.add(participant);
                } else {
                    below.add(participant);
                }
            }
            if (own == null) {
                throw ProblemKind.NOT_FOUND.because("You do not participate in this competition; join it first.");
            }
            return OwnRank.of(trueRank, own, above, below);
        });
    }

    /**
     * Lists final ranks and prizes.
     *
     * @throws Problem {@code not-found} (404), {@code not-completed} (409)
     */
    Uni<Page<ResultView>> results(Optional<Caller> caller, UUID competition, PageRequest page) {
        return read(caller, RESULTS, competition, page).map(rows -> {
            String status = rows.iterator().next().getString("status");
            if (!status.equals("completed")) {
                throw ProblemKind.NOT_COMPLETED.because(
                        status.equals("cancelled")
                                ? "The competition was cancelled; there are no results."
                                : "Results are available a few seconds after endsAt; until then use the leaderboard.");
            }
            return page.page(shown(rows, ResultView::of), last -> Cursor.after(last.rank(), last.id()));
        });
    }

    private Uni<RowSet<Row>> read(Optional<Caller> caller, String sql, UUID competition, PageRequest page) {
        Keyset<Long> from = Keyset.lowestFirst(page);
        Object[] arguments = {competition, from.key().intValue(), from.id(), page.rows()};
        return caller.map(authenticated -> slice.read(authenticated, sql, arguments))
                .orElseGet(() -> slice.publicRead(sql, arguments))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemKind.NOT_FOUND.because("No competition has this id.");
                    }
                });
    }

    /** Maps the row of nulls to an empty list. */
    private static <T> List<T> shown(RowSet<Row> rows, Function<Row, T> mapper) {
        return rows.iterator().next().getUUID("id") == null ? List.of() : Rows.list(rows, mapper);
    }
}
