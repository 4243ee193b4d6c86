package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a pool of one connection, each caller reuses the connection of the previous one. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@TestProfile(IdentityIsolationTest.PoolOfOne.class)
class IdentityIsolationTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SELECT_IDENTITY = "SELECT auth.uid()";

    @Inject
    SliceDatabase slice;

    /** One connection for all requests. */
    public static final class PoolOfOne implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.app.reactive.max-size", "1", "quarkus.datasource.read.reactive.max-size", "1");
        }
    }

    @Test
    void a_connection_has_no_identity_after_a_commit() {
        Caller alice = caller();

        assertThat(identity(slice.read(alice, SELECT_IDENTITY)
                        .map(rows -> rows.iterator().next().getUUID(0))))
                .contains(alice.id());

        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_connection_has_no_identity_after_a_rollback_or_an_error() {
        assertThatThrownBy(() -> slice.write(caller(), tx -> tx.execute("SELECT 1 / 0"))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("division by zero");
        assertThat(whoIsThere()).isEmpty();

        assertThatThrownBy(() -> slice.read(caller(), "SELECT 1 / 0").await().atMost(SOON))
                .hasMessageContaining("division by zero");
        assertThat(whoIsThere()).isEmpty();

        assertThatThrownBy(() -> slice.write(caller(), tx -> {
                            throw new IllegalStateException("a bug within the transaction");
                        })
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("a bug within the transaction");
        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_connection_has_no_identity_after_a_statement_timed_out() {
        assertThatThrownBy(() -> slice.write(
                                caller(),
                                tx -> tx.execute("SET LOCAL statement_timeout = '50ms'")
                                        .chain(() -> tx.execute("SELECT pg_sleep(5)")))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("statement timeout");

        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_cancelled_request_leaves_no_open_transaction() {
        TestUser person = userWithProfile();
        Caller alice = new Caller(person.id(), false, null);
        slice.write(
                        alice,
                        tx -> tx.execute("UPDATE profiles SET bio = 'written' WHERE id = $1", alice.id())
                                .chain(() -> tx.execute("SELECT pg_sleep(0.2)")))
                .subscribe()
                .with(done -> {}, failure -> {})
                .cancel();

        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void callers_who_share_a_connection_each_see_only_their_own_identity() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            Caller caller = caller();
            assertThat(identity(slice.read(caller, SELECT_IDENTITY)
                            .map(rows -> rows.iterator().next().getUUID(0))))
                    .contains(caller.id());
        });
        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_write_whose_event_cannot_be_stored_is_rolled_back() {
        TestUser person = userWithProfile();
        Caller alice = new Caller(person.id(), false, null);

        assertThatThrownBy(() -> slice.write(
                                alice,
                                tx -> tx.execute("UPDATE profiles SET bio = 'never' WHERE id = $1", alice.id())
                                        .chain(() -> tx.execute("INSERT INTO outbox (topic, key, type, subject)"
                                                + " VALUES ('tradosphere.profile.profiles', 'k', 'x', 's')")))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("outbox_tombstone_has_neither_type_nor_payload");

        assertThat((String) person.asking().get("/v1/profiles/me").path("bio")).isNull();
    }

    private Optional<UUID> whoIsThere() {
        return identity(slice.publicRead(SELECT_IDENTITY)
                .map(rows -> Rows.first(rows, row -> row).orElseThrow().getUUID(0)));
    }

    private static Optional<UUID> identity(Uni<UUID> asked) {
        return Optional.ofNullable(asked.await().atMost(SOON));
    }

    private static Caller caller() {
        return new Caller(UUID.randomUUID(), false, null);
    }
}
