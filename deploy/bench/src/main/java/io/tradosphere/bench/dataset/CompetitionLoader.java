package io.tradosphere.bench.dataset;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Loads one active competition in which every actor participates with a rank. One in a hundred is hidden. */
public final class CompetitionLoader {

    /** The competition's id. */
    public static final UUID ID = UUID.nameUUIDFromBytes("bench".getBytes(StandardCharsets.US_ASCII));

    private static final int HIDDEN = 100;
    private static final int SCORES = 1_000_000;
    private static final String COMPETITION = """
            INSERT INTO competition.competitions (id, creator_id, name, type, prize_pool, rules, scoring_metrics, status,
              participant_count, starts_at, ends_at, version)
            VALUES ('%s', '%s', 'Everybody', 'free_for_all', 10000, '{"startingEquity": "10000"}',
              '{"totalPnl": 0.5, "winRate": 0.5}', 'active', %d, now() - interval '7 days', now() + interval '7 days', 1)
            """;

    private final Dataset dataset;

    CompetitionLoader(Dataset dataset) {
        this.dataset = dataset;
    }

    void load(Connection database) throws SQLException {
        int participants = dataset.size().actors();
        try (Statement statement = database.createStatement()) {
            statement.execute(COMPETITION.formatted(ID, dataset.id(0), participants));
            statement.execute("SELECT setval('competition.outbox_sequence', 2)");
        }
        TableCopy.into(
                database,
                "competition.competition_participants (competition_id, user_id, incarnation, hidden, score, rank, public_rank,"
                        + " total_pnl, win_rate, sharpe_ratio, max_drawdown, trade_count)",
                rows -> {
                    for (int place = 0; place < participants; place++) {
                        int person = dataset.actor(place);
                        rows.row(
                                ID,
                                dataset.id(person),
                                SuiteLoader.incarnation(person),
                                isHidden(place) ? "t" : "f",
                                SCORES - place,
                                place + 1,
                                publicRank(place),
                                SCORES - place,
                                "55.5",
                                "1.25",
                                "12.5",
                                40);
                    }
                });
    }

    private static boolean isHidden(int place) {
        return place % HIDDEN == HIDDEN - 1;
    }

    /** The rank among the visible participants; null when hidden. */
    private static String publicRank(int place) {
        return isHidden(place) ? null : String.valueOf(place + 1 - place / HIDDEN);
    }
}
