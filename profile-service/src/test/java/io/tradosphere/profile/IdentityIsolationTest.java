package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a pool of one connection, whoever comes next gets the very connection of whoever was before. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@TestProfile(IdentityIsolationTest.PoolOfOne.class)
class IdentityIsolationTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String WHO = "SELECT auth.uid()";

    @Inject
    Slice slice;

    /** One connection for all requests. */
    public static final class PoolOfOne implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.app.reactive.max-size", "1");
        }
    }

    @Test
    void a_connection_remembers_nobody_after_a_commit() {
        Caller alice = caller();

        assertThat(who(slice.read(alice, WHO).map(rows -> rows.iterator().next().getUUID(0))))
                .contains(alice.id());

        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_connection_remembers_nobody_after_a_rollback_or_an_error() {
        assertThatThrownBy(() -> slice.write(caller(), tx -> tx.execute("SELECT 1 / 0"))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("division by zero");
        assertThat(whoIsThere()).isEmpty();

        assertThatThrownBy(() -> slice.read(caller(), "SELECT 1 / 0").await().atMost(SOON))
                .hasMessageContaining("division by zero");
        assertThat(whoIsThere()).isEmpty();

        assertThatThrownBy(() -> slice.write(caller(), tx -> {
                            throw new IllegalStateException("a bug in the middle");
                        })
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("a bug in the middle");
        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_connection_remembers_nobody_after_a_statement_timed_out() {
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
    void a_caller_who_hangs_up_leaves_no_transaction_half_way() {
        Person person = someone();
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
    void callers_who_take_turns_on_one_connection_see_each_only_themselves() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            Caller caller = caller();
            assertThat(who(slice.read(caller, WHO)
                            .map(rows -> rows.iterator().next().getUUID(0))))
                    .contains(caller.id());
        });
        assertThat(whoIsThere()).isEmpty();
    }

    @Test
    void a_write_whose_event_cannot_be_stored_is_undone() {
        Person person = someone();
        Caller alice = new Caller(person.id(), false, null);

        assertThatThrownBy(() -> slice.write(
                                alice,
                                tx -> tx.execute("UPDATE profiles SET bio = 'never' WHERE id = $1", alice.id())
                                        .chain(
                                                () -> tx.execute(
                                                        "INSERT INTO outbox (topic, key, type, subject) VALUES ('t', 'k', 'x', 's')")))
                        .await()
                        .atMost(SOON))
                .hasMessageContaining("outbox_tombstone_has_neither_type_nor_payload");

        assertThat((String) person.asking().get("/v1/profiles/me").path("bio")).isNull();
    }

    private Optional<UUID> whoIsThere() {
        return who(slice.publicRead(WHO)
                .map(rows -> Rows.first(rows, row -> row).orElseThrow().getUUID(0)));
    }

    private static Optional<UUID> who(Uni<UUID> asked) {
        return Optional.ofNullable(asked.await().atMost(SOON));
    }

    private static Caller caller() {
        return new Caller(UUID.randomUUID(), false, null);
    }
}
