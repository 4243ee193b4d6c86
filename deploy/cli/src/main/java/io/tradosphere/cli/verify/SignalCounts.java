package io.tradosphere.cli.verify;

import java.util.List;

/** The counts that signals move by event, and the copy of how they came out; their truth is in signal-service's tables. */
final class SignalCounts {

    /**
     * Of each person what their signals add up to in the life they have now, and what they are said to. Each miss begins a run; the
     * streak is how many hits the last run has.
     */
    private static final String RECORDS = """
            SELECT s.profile_id AS id,
              jsonb_build_object('total_signals', coalesce(t.signals, 0), 'hit_signals', coalesce(t.hits, 0),
                'miss_signals', coalesce(t.misses, 0), 'verified_hits', coalesce(t.verified, 0),
                'win_streak', coalesce(t.streak, 0), 'max_win_streak', coalesce(t.longest, 0)) AS expected,
              jsonb_build_object('total_signals', s.total_signals, 'hit_signals', s.hit_signals,
                'miss_signals', s.miss_signals, 'verified_hits', s.verified_hits,
                'win_streak', s.win_streak, 'max_win_streak', s.max_win_streak) AS actual
            FROM profile.profile_stats s LEFT JOIN (
              SELECT r.creator_id, r.incarnation, sum(r.signals) AS signals, sum(r.hits) AS hits, sum(r.misses) AS misses,
                     sum(r.verified) AS verified, (array_agg(r.hits ORDER BY r.run DESC))[1] AS streak, max(r.hits) AS longest
              FROM (
                SELECT n.creator_id, n.incarnation, n.run, count(*) AS signals, count(*) FILTER (WHERE n.status = 'hit') AS hits,
                       count(*) FILTER (WHERE n.status = 'miss') AS misses,
                       count(*) FILTER (WHERE n.status = 'hit' AND n.outcome_source = 'market') AS verified
                FROM (
                  SELECT g.creator_id, g.incarnation, g.status, g.outcome_source, count(*) FILTER (WHERE g.status = 'miss')
                           OVER (PARTITION BY g.creator_id, g.incarnation ORDER BY g.resolved_at, g.id) AS run
                  FROM signal.signals g WHERE {g.creator_id}
                ) AS n GROUP BY n.creator_id, n.incarnation, n.run
              ) AS r GROUP BY r.creator_id, r.incarnation
            ) AS t ON t.creator_id = s.profile_id AND t.incarnation = s.incarnation
            WHERE {s.profile_id}
            """;

    private static final String LOCK_STATS =
            "SELECT FROM profile.profile_stats WHERE {profile_id} ORDER BY profile_id FOR UPDATE";
    private static final String RECOUNT_RECORDS = """
            UPDATE profile.profile_stats s SET
              total_signals = (c.expected ->> 'total_signals')::bigint, hit_signals = (c.expected ->> 'hit_signals')::bigint,
              miss_signals = (c.expected ->> 'miss_signals')::bigint, verified_hits = (c.expected ->> 'verified_hits')::bigint,
              win_streak = (c.expected ->> 'win_streak')::bigint, max_win_streak = (c.expected ->> 'max_win_streak')::bigint,
              updated_at = now()
            FROM (%s) AS c WHERE c.id = s.profile_id
            """.formatted(RECORDS);

    /** What people have come to qualify for by the mending is found by the search that every new achievement begins with. */
    static final String SWEEP_ACHIEVEMENTS =
            "UPDATE profile.achievements SET sweep_after = '00000000-0000-0000-0000-000000000000'";

    private static final String OUTCOMES = """
            SELECT s.profile_id AS id, jsonb_build_object('missing outcomes', 0, 'surplus outcomes', 0) AS expected,
              jsonb_build_object('missing outcomes', coalesce(d.missing, 0), 'surplus outcomes', coalesce(d.surplus, 0)) AS actual
            FROM profile.profile_stats s LEFT JOIN (
              SELECT creator_id, incarnation, count(*) FILTER (WHERE o.known IS NULL) AS missing,
                     count(*) FILTER (WHERE g.resolved IS NULL) AS surplus
              FROM (
                SELECT id AS signal_id, creator_id, incarnation, resolved_at, status = 'hit' AS hit,
                       outcome_source = 'market' AS verified, true AS resolved
                FROM signal.signals WHERE status IN ('hit', 'miss') AND {creator_id}
              ) AS g FULL JOIN (
                SELECT signal_id, creator_id, incarnation, resolved_at, hit, verified, true AS known
                FROM profile.signal_outcomes WHERE {creator_id}
              ) AS o USING (signal_id, creator_id, incarnation, resolved_at, hit, verified)
              WHERE o.known IS NULL OR g.resolved IS NULL
              GROUP BY creator_id, incarnation
            ) AS d ON d.creator_id = s.profile_id AND d.incarnation = s.incarnation
            WHERE {s.profile_id}
            """;
    private static final String DROP_SURPLUS_OUTCOMES = """
            DELETE FROM profile.signal_outcomes o WHERE {o.creator_id} AND NOT EXISTS (
              SELECT FROM signal.signals g
              WHERE g.id = o.signal_id AND g.creator_id = o.creator_id AND g.incarnation = o.incarnation
                AND g.resolved_at = o.resolved_at AND g.status = CASE WHEN o.hit THEN 'hit' ELSE 'miss' END
                AND (g.outcome_source = 'market') = o.verified)
            """;
    private static final String ADD_MISSING_OUTCOMES = """
            INSERT INTO profile.signal_outcomes (creator_id, incarnation, resolved_at, signal_id, hit, verified)
            SELECT g.creator_id, g.incarnation, g.resolved_at, g.id, g.status = 'hit', g.outcome_source = 'market'
            FROM signal.signals g JOIN profile.profile_stats s ON s.profile_id = g.creator_id AND s.incarnation = g.incarnation
            WHERE {g.creator_id} AND g.status IN ('hit', 'miss')
            ON CONFLICT DO NOTHING
            """;

    /**
     * In the order in which signal-service locks: nobody of these can post then, as a signal refers to its creator, nor have a
     * signal resolved, edited or taken back.
     */
    private static final List<String> NO_SIGNAL_CHANGES = List.of(
            "SELECT FROM signal.profiles WHERE {id} ORDER BY id FOR UPDATE",
            "SELECT FROM signal.creators WHERE {id} ORDER BY id FOR NO KEY UPDATE",
            "SELECT FROM signal.signals WHERE {creator_id} ORDER BY id FOR NO KEY UPDATE");

    private static final String ENGAGEMENT = """
            SELECT s.id,
              jsonb_build_object('like_count', coalesce(e.likes, 0), 'comment_count', coalesce(c.comments, 0),
                'view_count', coalesce(v.views, 0)) AS expected,
              jsonb_build_object('like_count', s.like_count, 'comment_count', s.comment_count, 'view_count', s.view_count) AS actual
            FROM signal.signals s
            LEFT JOIN (SELECT signal_id, count(*) AS likes FROM signal.signal_engagement WHERE {signal_id} GROUP BY 1) AS e
              ON e.signal_id = s.id
            LEFT JOIN (SELECT signal_id, count(*) AS comments FROM signal.signal_comments WHERE {signal_id} GROUP BY 1) AS c
              ON c.signal_id = s.id
            LEFT JOIN (SELECT signal_id, sum(views) AS views FROM signal.signal_views WHERE {signal_id} GROUP BY 1) AS v
              ON v.signal_id = s.id
            WHERE {s.id}
            """;

    /**
     * Locks of rows cannot keep out new answers without keeping out the consumer too. Whoever answers asks for these before any
     * row, so nobody who waits for us holds what the consumer needs.
     */
    private static final String NO_ANSWERS = """
            LOCK TABLE signal.signal_engagement, signal.signal_comments, signal.signal_views IN SHARE ROW EXCLUSIVE MODE
            """;

    private static final String RECOUNT_ENGAGEMENT = """
            UPDATE signal.signals s SET like_count = (c.expected ->> 'like_count')::bigint,
              comment_count = (c.expected ->> 'comment_count')::bigint, view_count = (c.expected ->> 'view_count')::bigint
            FROM (%s) AS c WHERE c.id = s.id
            """.formatted(ENGAGEMENT);

    static final Reconciliation RECORDS_OF_CREATORS = new SettledCount(
            "profile.profile_stats.total_signals, hit_, miss_signals, verified_hits, (max_)win_streak",
            UnderWay.SIGNALS,
            RECORDS,
            NO_SIGNAL_CHANGES,
            List.of(LOCK_STATS, RECOUNT_RECORDS, SWEEP_ACHIEVEMENTS));

    static final Reconciliation OUTCOMES_OF_SIGNALS = new SettledCount(
            "profile.signal_outcomes",
            UnderWay.SIGNALS,
            OUTCOMES,
            NO_SIGNAL_CHANGES,
            List.of(LOCK_STATS, DROP_SURPLUS_OUTCOMES, ADD_MISSING_OUTCOMES));

    static final Reconciliation ANSWERS_TO_SIGNALS = new SettledCount(
            "signal.signals.like_count, comment_count, view_count",
            UnderWay.ENGAGEMENT,
            ENGAGEMENT,
            List.of(NO_ANSWERS),
            List.of(RECOUNT_ENGAGEMENT));

    private SignalCounts() {}
}
