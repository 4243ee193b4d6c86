package io.tradosphere.social;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Test profiles published as profile-service would. */
public final class TestProfiles {

    /** SQL of a superuser that locks the pair of {@code $star} and {@code $other} as the slice does: by name of the login role. */
    public static final String LOCK_PAIR = """
            SET LOCAL SESSION AUTHORIZATION social_owner; SELECT lock_pair($star, $other); RESET SESSION AUTHORIZATION
            """;

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private TestProfiles() {}

    /** A profile of the lowest tier in the replica. */
    public static TestUser known() {
        return known(Tier.FREE);
    }

    /** A profile in the replica. */
    public static TestUser known(Tier tier) {
        TestUser person = TestUser.stranger();
        publish(state(person.id(), tier, 1));
        awaitIncarnation(person.id(), 1);
        return person;
    }

    /** The given number of profiles in the replica. */
    public static List<TestUser> known(int number) {
        List<TestUser> people =
                Stream.generate(TestUser::stranger).limit(number).toList();
        people.forEach(person -> publish(state(person.id(), Tier.FREE, 1)));
        people.forEach(person -> awaitIncarnation(person.id(), 1));
        return people;
    }

    /** A profile that profile-service knows and the replica does not yet. */
    public static TestUser unknownToReplica(Tier tier) {
        TestUser person = TestUser.stranger();
        ProfileServiceDouble.knows(state(person.id(), tier, 1), nextSequence());
        return person;
    }

    /** Publishes a new incarnation of a profile and awaits it in the replica. */
    public static void publishNewIncarnation(TestUser person, long incarnation) {
        publish(state(person.id(), Tier.FREE, incarnation));
        awaitIncarnation(person.id(), incarnation);
    }

    /** Publishes the erasure of an incarnation and awaits it in the replica. */
    public static void erase(TestUser person, long incarnation) {
        ProfileServiceDouble.forgets(person.id());
        TopicReader.publish(new Erased(person.id(), incarnation), nextSequence());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM erased_profiles WHERE pseudonym = auth.pseudonym(?) AND incarnation >= ?",
                                        person.id(),
                                        incarnation)
                        == 1);
    }

    /** The state that profile-service would publish. */
    public static ProfileState state(UUID id, Tier tier, long incarnation) {
        Instant now = Instant.now().truncatedTo(MICROS);
        return new ProfileState(
                id,
                TestUser.freshUsername(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tier,
                now,
                incarnation,
                now,
                null);
    }

    /** A number higher than any before. */
    public static long nextSequence() {
        return SEQUENCE.incrementAndGet();
    }

    /** Awaits an incarnation of a profile in the replica. */
    public static void awaitIncarnation(UUID person, long incarnation) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                        .column("SELECT incarnation FROM profiles WHERE id = ?", person)
                        .equals(List.of(incarnation)));
    }

    /** The ids of people, in the order given. */
    public static List<String> ids(TestUser... people) {
        return Arrays.stream(people).map(person -> person.id().toString()).toList();
    }

    private static void publish(ProfileState state) {
        TopicReader.publish(new ProfileCreated(state), nextSequence());
    }
}
