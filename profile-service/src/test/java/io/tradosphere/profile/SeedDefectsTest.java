package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.test.defect.SeedDatabase;
import io.tradosphere.test.defect.SeedDefectsContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedDefectsTest extends SeedDefectsContract {

    private static final String FOLLOW = """
            INSERT INTO follows (follower_id, following_id)
            SELECT a.id, b.id FROM profiles a, profiles b WHERE a.username = '%s' AND b.username = '%s'
            """;

    @Override
    protected String person(UUID id, String name, String tier) {
        return "INSERT INTO profiles (id, username, tier) VALUES ('%s', '%s', '%s')".formatted(id, name, tier);
    }

    /**
     * Our schema locks no row of the followed profile: a follow belongs to another slice, and batches count in key
     * order.
     */
    @Test
    void defect_28_on_the_seed_two_transactions_that_follow_in_opposite_order_deadlock() throws Exception {
        try (Connection alice = SeedDatabase.get().connect();
                Connection bob = SeedDatabase.get().connect()) {
            alice.setAutoCommit(false);
            bob.setAutoCommit(false);
            follow(alice, "alice", "carol");
            follow(bob, "bob", "dave");

            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> follow(alice, "alice", "dave"));
            String second = follow(bob, "bob", "carol");

            assertThat(Stream.of(first.get(), second)).contains("40P01");
            alice.rollback();
            bob.rollback();
        }
    }

    /** The SQLSTATE of the failure; empty on success. A failed transaction unblocks the other. */
    private static String follow(Connection connection, String follower, String followed) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FOLLOW.formatted(follower, followed));
            return "";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }
}
