package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.verify.Outcome;
import io.tradosphere.cli.verify.Reconciliations;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Compares the suite's state with the responses that its clients received. */
final class ConsistencyChecks {

    private final Endpoints endpoints;
    private final TestUsers users;
    private final FollowRecord record;

    ConsistencyChecks(Endpoints endpoints, TestUsers users, FollowRecord record) {
        this.endpoints = endpoints;
        this.users = users;
        this.record = record;
    }

    /**
     * Waits until no event is in flight, and returns how long that took.
     *
     * @throws StackException when it takes minutes; one line
     */
    Duration drain() {
        long start = System.nanoTime();
        try (Connection database = database()) {
            FollowsInFlight.awaitApplied(database, endpoints.get("KAFKA_BOOTSTRAP"));
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (SQLException e) {
            throw new StackException("PostgreSQL fails: " + e.getMessage(), e);
        }
    }

    /** How many counts {@code verify} reports as wrong. */
    long drift() {
        Reconciliations services = new Reconciliations(endpoints);
        return services.all().stream()
                .map(reconciliation -> services.run(reconciliation, false))
                .mapToLong(Outcome::drift)
                .sum();
    }

    /** What contradicts the acknowledged responses, one line each. Empty when the state is consistent. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        try (Connection database = database()) {
            Set<Pair> stored = stored(database);
            Set<Pair> lost = new HashSet<>(record.following());
            lost.removeAll(stored);
            if (!lost.isEmpty()) {
                violations.add(lost.size() + " acknowledged follows are missing, such as "
                        + lost.iterator().next());
            }
            stored.removeAll(record.following());
            if (!stored.isEmpty()) {
                violations.add(stored.size() + " acknowledged unfollows are still follows, such as "
                        + stored.iterator().next());
            }
            for (Slice slice : Slice.values()) {
                long parked = parked(database, slice);
                if (parked > 0) {
                    violations.add(parked + " dead letters in " + slice.schema());
                }
            }
        } catch (SQLException e) {
            throw new StackException("PostgreSQL fails: " + e.getMessage(), e);
        }
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        for (TestUser followed : users.followed()) {
            long actual = gateway.send("GET", "/v1/profiles/" + followed.id(), null, null)
                    .orThrow("read a profile")
                    .json()
                    .at("/stats/followerCount")
                    .asLong(-1);
            long expected = record.followersOf(followed.id());
            if (actual != expected) {
                violations.add(followed.id() + " shows " + actual + " followers and has " + expected);
            }
        }
        return violations;
    }

    private Set<Pair> stored(Connection database) throws SQLException {
        UUID[] followed = users.followed().stream().map(TestUser::id).toArray(UUID[]::new);
        try (PreparedStatement select = database.prepareStatement(
                "SELECT follower_id, following_id FROM social.follows WHERE following_id = ANY(?)")) {
            select.setArray(1, database.createArrayOf("uuid", followed));
            Set<Pair> stored = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.add(new Pair(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
                }
            }
            return stored;
        }
    }

    private static long parked(Connection database, Slice slice) throws SQLException {
        try (PreparedStatement count =
                        database.prepareStatement("SELECT count(*) FROM " + slice.schema() + ".dead_letters");
                ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection database() throws SQLException {
        return Address.parse(endpoints.get("POSTGRES_URL")).connect();
    }
}
