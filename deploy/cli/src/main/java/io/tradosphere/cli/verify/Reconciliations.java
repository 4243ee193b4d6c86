package io.tradosphere.cli.verify;

import java.util.List;

/**
 * Every count that is reconciled. A count is mended before the copy that it is made from: mending the copy moves the count by as
 * much as it should.
 */
public final class Reconciliations {

    private Reconciliations() {}

    /** All of them, in the order in which they are to run. */
    public static List<Reconciliation> all() {
        return List.of(
                new SnapshotCount(
                        "profile.profile_stats.follower_count",
                        """
                        SELECT s.profile_id AS id, jsonb_build_object('follower_count', count(e.follower_id)) AS expected,
                          jsonb_build_object('follower_count', s.follower_count) AS actual
                        FROM profile.profile_stats s LEFT JOIN profile.follow_edges e
                          ON e.following_id = s.profile_id AND e.following_incarnation = s.incarnation AND e.active
                        GROUP BY s.profile_id
                        """,
                        "SELECT FROM profile.profile_stats WHERE profile_id = ? FOR UPDATE",
                        """
                        WITH mended AS (
                          UPDATE profile.profile_stats s SET follower_count = (
                            SELECT count(*) FROM profile.follow_edges e
                            WHERE e.following_id = s.profile_id AND e.following_incarnation = s.incarnation AND e.active)
                          WHERE s.profile_id = ? RETURNING s.profile_id
                        ), ranked AS (
                          INSERT INTO profile.ranking_due (profile_id) SELECT profile_id FROM mended
                          ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
                        )
                        """ + SignalCounts.SWEEP_ACHIEVEMENTS),
                new FollowEdges("profile.follow_edges", """
                        SELECT follower_id, following_id, follower_incarnation, following_incarnation, sequence
                        FROM profile.follow_edges WHERE active
                        """, UnderWay.FOLLOWS),
                new SnapshotCount(
                        "profile.profile_ranking.follower_count",
                        // What is due follows within seconds.
                        """
                        SELECT s.profile_id AS id, jsonb_build_object('follower_count', s.follower_count) AS expected,
                          jsonb_build_object('follower_count',
                            CASE WHEN d.profile_id IS NULL THEN r.follower_count ELSE s.follower_count END) AS actual
                        FROM profile.profile_stats s JOIN profile.profile_ranking r ON r.profile_id = s.profile_id
                        LEFT JOIN profile.ranking_due d ON d.profile_id = s.profile_id
                        """,
                        "SELECT FROM profile.profile_stats WHERE profile_id = ? FOR UPDATE",
                        """
                        INSERT INTO profile.ranking_due (profile_id) VALUES (?)
                        ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
                        """),
                // Who is a star is decided with the next follow.
                new SnapshotCount(
                        "signal.creators.follower_count",
                        """
                        SELECT c.id, jsonb_build_object('follower_count', count(f.follower_id)) AS expected,
                          jsonb_build_object('follower_count', c.follower_count) AS actual
                        FROM signal.creators c LEFT JOIN signal.follows f ON f.following_id = c.id AND f.is_following
                        GROUP BY c.id
                        """,
                        "SELECT FROM signal.creators WHERE id = ? FOR UPDATE",
                        """
                        UPDATE signal.creators c SET follower_count =
                          (SELECT count(*) FROM signal.follows f WHERE f.following_id = c.id AND f.is_following)
                        WHERE c.id = ?
                        """),
                new FollowEdges("signal.follows", """
                        SELECT follower_id, following_id, follower_incarnation, following_incarnation, sequence
                        FROM signal.follows WHERE is_following
                        """, UnderWay.FOLLOWS_TO_FEEDS),
                SignalCounts.RECORDS_OF_CREATORS,
                SignalCounts.OUTCOMES_OF_SIGNALS,
                SignalCounts.ANSWERS_TO_SIGNALS,
                new SnapshotCount(
                        "social.clans.member_count", """
                        SELECT c.id, jsonb_build_object('member_count', count(m.user_id)) AS expected,
                          jsonb_build_object('member_count', c.member_count) AS actual
                        FROM social.clans c LEFT JOIN social.clan_members m ON m.clan_id = c.id GROUP BY c.id
                        """, "SELECT FROM social.clans WHERE id = ? FOR UPDATE", """
                        UPDATE social.clans c SET member_count =
                          (SELECT count(*) FROM social.clan_members m WHERE m.clan_id = c.id)
                        WHERE c.id = ?
                        """),
                new SnapshotCount(
                        "competition.competitions.participant_count",
                        """
                        SELECT c.id, jsonb_build_object('participant_count', count(p.id)) AS expected,
                          jsonb_build_object('participant_count', c.participant_count) AS actual
                        FROM competition.competitions c LEFT JOIN competition.competition_participants p
                          ON p.competition_id = c.id AND p.status <> 'withdrawn' GROUP BY c.id
                        """,
                        "SELECT FROM competition.competitions WHERE id = ? FOR UPDATE",
                        """
                        UPDATE competition.competitions c SET participant_count = (
                          SELECT count(*) FROM competition.competition_participants p
                          WHERE p.competition_id = c.id AND p.status <> 'withdrawn')
                        WHERE c.id = ?
                        """),
                new SnapshotCount(
                        "competition.competition_participants.trade_count, total_pnl",
                        """
                        SELECT p.id,
                          jsonb_build_object('trade_count', count(t.trade_id), 'total_pnl', coalesce(sum(t.net_pnl), 0)) AS expected,
                          jsonb_build_object('trade_count', p.trade_count, 'total_pnl', p.total_pnl) AS actual
                        FROM competition.competition_participants p
                          JOIN competition.competitions c ON c.id = p.competition_id
                          LEFT JOIN competition.scored_trades t ON t.competition_id = p.competition_id AND t.user_id = p.user_id
                            AND NOT t.is_retracted AND t.closed_at > p.joined_at
                            AND t.closed_at BETWEEN c.starts_at AND c.ends_at
                        WHERE p.user_id IS NOT NULL GROUP BY p.id
                        """,
                        "SELECT FROM competition.competition_participants WHERE id = ? FOR UPDATE",
                        """
                        WITH mended AS (
                          UPDATE competition.competition_participants p
                          SET (trade_count, total_pnl) = (
                            SELECT count(*), coalesce(sum(t.net_pnl), 0)
                            FROM competition.scored_trades t JOIN competition.competitions c ON c.id = t.competition_id
                            WHERE t.competition_id = p.competition_id AND t.user_id = p.user_id AND NOT t.is_retracted
                              AND t.closed_at > p.joined_at AND t.closed_at BETWEEN c.starts_at AND c.ends_at)
                          WHERE p.id = ? RETURNING p.competition_id
                        )
                        INSERT INTO competition.rankings AS known (competition_id, stale_since)
                        SELECT competition_id, now() FROM mended
                        ON CONFLICT (competition_id) DO UPDATE SET
                          stale_since = coalesce(known.stale_since, EXCLUDED.stale_since)
                        """));
    }
}
