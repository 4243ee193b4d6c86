package io.tradosphere.profile;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Publishes signal events and awaits the counters of a profile. */
final class SignalSteps {

    static final Instant OPENING = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    private SignalSteps() {}

    /** A person in one incarnation. */
    record Creator(TestUser person, long incarnation) {
        static Creator of(TestUser person) {
            return new Creator(person, FollowerCountTest.incarnationOf(person));
        }

        SignalPosted posts(UUID signal) {
            return new SignalPosted(
                    signal,
                    person.id(),
                    incarnation,
                    "BTC/USD",
                    AssetType.CRYPTO,
                    Direction.LONG,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    OPENING,
                    null);
        }

        SignalDeleted takesBack(UUID signal) {
            return new SignalDeleted(signal, person.id(), incarnation, OPENING, OPENING);
        }

        /** An outcome reported by the creator, the given seconds after the opening. */
        SignalResolved resolves(Outcome outcome, int second) {
            return resolved(UUID.randomUUID(), outcome, OutcomeSource.CREATOR, second);
        }

        /** An outcome by the market. */
        SignalResolved isResolved(Outcome outcome, int second) {
            return resolved(UUID.randomUUID(), outcome, OutcomeSource.MARKET, second);
        }

        SignalResolved resolved(UUID signal, Outcome outcome, OutcomeSource source, int second) {
            return new SignalResolved(
                    signal,
                    person.id(),
                    incarnation,
                    "BTC/USD",
                    AssetType.CRYPTO,
                    Direction.LONG,
                    outcome,
                    source,
                    BigDecimal.TEN,
                    OPENING,
                    OPENING.plusSeconds(second));
        }
    }

    /** The counters that signals move, as the API shows them. */
    record SignalRecord(int total, int hits, int misses, int verifiedHits, int streak, int longestStreak) {

        static final SignalRecord NONE = new SignalRecord(0, 0, 0, 0, 0, 0);

        /** The number of cancelled signals that the profile shows. */
        static int cancelledOf(TestUser person) {
            return (int) stats(person).get("cancelledSignals");
        }

        private static Map<String, Object> stats(TestUser person) {
            return TestUser.nobody()
                    .get("/v1/profiles/{id}", person.id())
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("stats");
        }

        static SignalRecord of(TestUser person) {
            Map<String, Object> stats = stats(person);
            return new SignalRecord(
                    (int) stats.get("totalSignals"),
                    (int) stats.get("hitSignals"),
                    (int) stats.get("missSignals"),
                    (int) stats.get("verifiedHits"),
                    (int) stats.get("winStreak"),
                    (int) stats.get("maxWinStreak"));
        }
    }

    static void awaitRecord(TestUser person, SignalRecord expected) {
        await("the record of " + person.id())
                .atMost(SOON)
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(SignalRecord.of(person))
                        .isEqualTo(expected));
    }
}
