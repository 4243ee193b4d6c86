package io.tradosphere.bench.world;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Loads one competition that goes on for a while, in which every actor takes part, ranked. One in a hundred is hidden. */
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

    private final World world;

    CompetitionLoader(World world) {
        this.world = world;
    }

    void load(Connection database) throws SQLException {
        int participants = world.size().actors();
        try (Statement statement = database.createStatement()) {
            statement.execute(COMPETITION.formatted(ID, world.id(0), participants));
            statement.execute("SELECT setval('competition.outbox_sequence', 2)");
        }
        Copy.into(
                database,
                "competition.competition_participants (competition_id, user_id, incarnation, hidden, score, rank, public_rank,"
                        + " total_pnl, win_rate, sharpe_ratio, max_drawdown, trade_count)",
                rows -> {
                    for (int place = 0; place < participants; place++) {
                        int person = world.actor(place);
                        rows.row(
                                ID,
                                world.id(person),
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

    /** Among those who are shown; who is hidden has none of their own. */
    private static String publicRank(int place) {
        return isHidden(place) ? null : String.valueOf(place + 1 - place / HIDDEN);
    }
}
