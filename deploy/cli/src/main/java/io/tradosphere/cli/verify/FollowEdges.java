package io.tradosphere.cli.verify;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A slice's copy of who follows whom against social-service's follows. What is under way is waited out: a pair has drifted if the
 * two differed before, and still do in the same words once all that was published by then has arrived.
 *
 * <p>Repair has social-service's outbox tell the truth about the pair once more. Its sequence is drawn while the pair's row is
 * locked, so whatever else happens to the pair at that moment comes before or after it in order.
 *
 * @param name the copy
 * @param followed SQL that yields the copy's pairs that follow: {@code follower_id}, {@code following_id}, the incarnations of both
 *     and the {@code sequence} they were told of with
 * @param underWay what the copy is fed by
 */
record FollowEdges(String name, String followed, UnderWay underWay) implements Reconciliation {

    /** A row says how many pairs there are, each other one a pair that differs: with a mark that changes when it is told of anew. */
    private static final String DIFFER = """
            SELECT NULL::uuid AS follower_id, NULL::uuid AS following_id, NULL::bigint AS follower_incarnation,
                   NULL::bigint AS following_incarnation, true AS missing, count(*)::text AS mark
            FROM social.follows
            UNION ALL
            SELECT follower_id, following_id, follower_incarnation, following_incarnation, t.created_at IS NOT NULL,
                   coalesce(t.created_at::text, c.sequence::text)
            FROM social.follows t FULL JOIN (%s) AS c
              USING (follower_id, following_id, follower_incarnation, following_incarnation)
            WHERE t.created_at IS NULL OR c.sequence IS NULL
            """;

    private static final String TELL_OF_FOLLOW = """
            WITH pair AS (SELECT * FROM social.follows WHERE follower_id = ? AND following_id = ? FOR UPDATE)
            INSERT INTO social.outbox (id, topic, key, type, subject, payload)
            SELECT nextval('social.outbox_sequence'), 'tradosphere.social.follows', follower_id || ':' || following_id,
                   'io.tradosphere.social.followed.v1', follower_id || ':' || following_id,
                   json_build_object('followerId', follower_id, 'followerIncarnation', follower_incarnation,
                     'followingId', following_id, 'followingIncarnation', following_incarnation,
                     'followedAt', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
            FROM pair
            """;
    /** Claims the pair's row first: a follow that is being made at this moment wins, and is told of by itself. */
    private static final String CLAIM_PAIR = """
            INSERT INTO social.follows (follower_id, following_id)
            SELECT ?, ? WHERE EXISTS (SELECT FROM social.profiles WHERE id = ?) AND EXISTS (SELECT FROM social.profiles WHERE id = ?)
            ON CONFLICT DO NOTHING
            """;

    private static final String UNCLAIM_PAIR = "DELETE FROM social.follows WHERE follower_id = ? AND following_id = ?";
    private static final String TELL_OF_END = """
            INSERT INTO social.outbox (id, topic, key, type, subject, payload)
            SELECT nextval('social.outbox_sequence'), 'tradosphere.social.follows', e.follower_id || ':' || e.following_id,
                   'io.tradosphere.social.unfollowed.v1', e.follower_id || ':' || e.following_id,
                   json_build_object('followerId', e.follower_id, 'followerIncarnation', e.follower_incarnation,
                     'followingId', e.following_id, 'followingIncarnation', e.following_incarnation,
                     'unfollowedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
            FROM (VALUES (?::uuid, ?::uuid, ?::bigint, ?::bigint))
              AS e(follower_id, following_id, follower_incarnation, following_incarnation)
            """;

    /** What every end of a follow is followed by: the topic is compacted, and keeps nothing of the pair then. */
    private static final String FORGET_KEY = """
            INSERT INTO social.outbox (topic, key, subject)
            SELECT 'tradosphere.social.follows', e.key, e.key FROM (SELECT concat(?::uuid, ':', ?::uuid) AS key) AS e
            """;

    private record Pair(UUID follower, UUID following, long followerIncarnation, long followingIncarnation) {

        Drift drift(String difference) {
            return new Drift(follower + ":" + following, difference);
        }
    }

    private record Findings(long compared, Map<Pair, String> missing, Map<Pair, String> surplus) {

        /** A pair that people are just changing may differ for a moment, but not twice in the same words. */
        void keepThoseAlsoIn(Findings later) {
            missing.entrySet().retainAll(later.missing.entrySet());
            surplus.entrySet().retainAll(later.surplus.entrySet());
        }

        long count() {
            return (long) missing.size() + surplus.size();
        }

        List<Drift> shown() {
            return Stream.concat(
                            missing.keySet().stream().map(pair -> pair.drift("is not known, should be")),
                            surplus.keySet().stream().map(pair -> pair.drift("is known, should not be")))
                    .limit(Outcome.SHOWN)
                    .toList();
        }
    }

    @Override
    public Outcome run(Endpoints endpoints, boolean repair) {
        try (Connection database = Address.parse(endpoints.get("POSTGRES_URL")).connect()) {
            String bootstrap = endpoints.get("KAFKA_BOOTSTRAP");
            Findings found = compare(database);
            if (found.count() > 0) {
                underWay.awaitArrival(database, bootstrap);
                found.keepThoseAlsoIn(compare(database));
            }
            if (repair && found.count() > 0) {
                for (Pair pair : found.missing().keySet()) {
                    tellOfFollow(database, pair);
                }
                for (Pair pair : found.surplus().keySet()) {
                    tellOfEnd(database, pair);
                }
                underWay.awaitArrival(database, bootstrap);
            }
            return new Outcome(found.compared(), found.count(), repair ? found.count() : 0, found.shown());
        } catch (SQLException e) {
            throw new StackException("Cannot compare " + name + ": " + e.getMessage(), e);
        }
    }

    private Findings compare(Connection database) throws SQLException {
        Map<Pair, String> missing = new LinkedHashMap<>();
        Map<Pair, String> surplus = new LinkedHashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(DIFFER.formatted(followed))) {
            rows.next();
            long compared = rows.getLong("mark");
            while (rows.next()) {
                Pair pair = new Pair(
                        rows.getObject("follower_id", UUID.class),
                        rows.getObject("following_id", UUID.class),
                        rows.getLong("follower_incarnation"),
                        rows.getLong("following_incarnation"));
                (rows.getBoolean("missing") ? missing : surplus).put(pair, rows.getString("mark"));
            }
            return new Findings(compared, missing, surplus);
        }
    }

    private static void tellOfFollow(Connection database, Pair pair) throws SQLException {
        try (PreparedStatement tell = database.prepareStatement(TELL_OF_FOLLOW)) {
            set(tell, pair.follower(), pair.following());
            tell.executeUpdate();
        }
    }

    private static void tellOfEnd(Connection database, Pair pair) throws SQLException {
        database.setAutoCommit(false);
        try (PreparedStatement claim = database.prepareStatement(CLAIM_PAIR);
                PreparedStatement unclaim = database.prepareStatement(UNCLAIM_PAIR);
                PreparedStatement tell = database.prepareStatement(TELL_OF_END);
                PreparedStatement forget = database.prepareStatement(FORGET_KEY)) {
            set(claim, pair.follower(), pair.following(), pair.follower(), pair.following());
            boolean claimed = claim.executeUpdate() == 1;
            set(tell, pair.follower(), pair.following(), pair.followerIncarnation(), pair.followingIncarnation());
            if (claimed || !exists(database, pair)) {
                tell.executeUpdate();
                set(forget, pair.follower(), pair.following());
                forget.executeUpdate();
            }
            if (claimed) {
                set(unclaim, pair.follower(), pair.following());
                unclaim.executeUpdate();
            }
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
    }

    private static boolean exists(Connection database, Pair pair) throws SQLException {
        try (PreparedStatement look =
                database.prepareStatement("SELECT FROM social.follows WHERE follower_id = ? AND following_id = ?")) {
            set(look, pair.follower(), pair.following());
            try (ResultSet found = look.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
