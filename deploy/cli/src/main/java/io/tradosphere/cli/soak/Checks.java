package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.verify.Reconciliation;
import io.tradosphere.cli.verify.Reconciliations;
import io.tradosphere.cli.verify.UnderWay;
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

/** Holds what the suite says against what its clients were told. */
final class Checks {

    private final Endpoints endpoints;
    private final Crowd crowd;
    private final Ledger ledger;

    Checks(Endpoints endpoints, Crowd crowd, Ledger ledger) {
        this.endpoints = endpoints;
        this.crowd = crowd;
        this.ledger = ledger;
    }

    /**
     * Waits until nothing is under way any more; how long it took.
     *
     * @throws StackException when that takes minutes; one line
     */
    Duration drain() {
        long start = System.nanoTime();
        try (Connection database = database()) {
            UnderWay.FOLLOWS.awaitArrival(database, endpoints.get("KAFKA_BOOTSTRAP"));
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (SQLException e) {
            throw new StackException("PostgreSQL fails: " + e.getMessage(), e);
        }
    }

    /** How many counts {@code verify} finds wrong. */
    long drift() {
        return Reconciliations.all().stream()
                .map(reconciliation -> reconciliation.run(endpoints, false))
                .mapToLong(Reconciliation.Outcome::drift)
                .sum();
    }

    /** What is not as clients were told, a line each; none when all is well. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        try (Connection database = database()) {
            Set<Pair> stored = stored(database);
            Set<Pair> lost = new HashSet<>(ledger.following());
            lost.removeAll(stored);
            if (!lost.isEmpty()) {
                complaints.add(lost.size() + " acknowledged follows are gone, such as "
                        + lost.iterator().next());
            }
            stored.removeAll(ledger.following());
            if (!stored.isEmpty()) {
                complaints.add(stored.size() + " acknowledged ends of follows are undone, such as "
                        + stored.iterator().next());
            }
            for (Slice slice : Slice.values()) {
                long parked = parked(database, slice);
                if (parked > 0) {
                    complaints.add(parked + " dead letters in " + slice.schema());
                }
            }
        } catch (SQLException e) {
            throw new StackException("PostgreSQL fails: " + e.getMessage(), e);
        }
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        for (Person followed : crowd.followed()) {
            long shown = gateway.send("GET", "/v1/profiles/" + followed.id(), null, null)
                    .orFail("read a profile")
                    .json()
                    .at("/stats/followerCount")
                    .asLong(-1);
            long expected = ledger.followersOf(followed.id());
            if (shown != expected) {
                complaints.add(followed.id() + " shows " + shown + " followers and has " + expected);
            }
        }
        return complaints;
    }

    private Set<Pair> stored(Connection database) throws SQLException {
        UUID[] followed = crowd.followed().stream().map(Person::id).toArray(UUID[]::new);
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
