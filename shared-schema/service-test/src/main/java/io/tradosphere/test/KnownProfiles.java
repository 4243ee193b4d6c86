package io.tradosphere.test;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.TierChanged;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Profiles in the replica of a slice other than profile. */
public final class KnownProfiles {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private KnownProfiles() {}

    /** Creates a profile of a tier, and waits until the replica has it. */
    public static TestUser of(Tier tier) {
        return of(UUID.randomUUID(), tier, Instant.now());
    }

    /** Creates that many profiles of a tier, and waits until the replica has them. */
    public static List<TestUser> of(Tier tier, int number) {
        Instant start = Instant.now();
        List<TestUser> people =
                Stream.generate(TestUser::stranger).limit(number).toList();
        people.forEach(person -> publish(person.id(), tier, start));
        UUID[] ids = people.stream().map(TestUser::id).toArray(UUID[]::new);
        await().atMost(TIMEOUT)
                .until(() -> Sql.asSuperuser().number("SELECT count(*) FROM profiles WHERE id = ANY (?)", (Object) ids)
                        == number);
        return people;
    }

    /** Creates a profile whose incarnation began at an instant, and waits until the replica has it. */
    public static TestUser of(UUID id, Tier tier, Instant start) {
        publish(id, tier, start);
        long incarnation = incarnation(start);
        await("the slice's replica of " + id)
                .atMost(TIMEOUT)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT tier FROM profiles WHERE id = ? AND incarnation = ?", id, incarnation)
                        .equals(List.of(tier.name().toLowerCase(Locale.ROOT))));
        return TestUser.of(id);
    }

    /** Publishes that a person has another tier now, and waits until the replica has it. */
    public static void change(TestUser person, Tier tier) {
        long incarnation = incarnation(person);
        Instant start = Instant.EPOCH.plus(incarnation, ChronoUnit.MICROS);
        TopicReader.publish(
                new TierChanged(state(person.id(), tier, incarnation, start), Tier.FREE), incarnation(Instant.now()));
        await("tier of " + person.id())
                .atMost(TIMEOUT)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT tier FROM profiles WHERE id = ?", person.id())
                        .equals(List.of(tier.name().toLowerCase(Locale.ROOT))));
    }

    private static void publish(UUID id, Tier tier, Instant start) {
        long incarnation = incarnation(start);
        TopicReader.publish(new ProfileCreated(state(id, tier, incarnation, start)), incarnation);
    }

    private static ProfileState state(UUID id, Tier tier, long incarnation, Instant at) {
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
                at.truncatedTo(ChronoUnit.MICROS),
                incarnation,
                at.truncatedTo(ChronoUnit.MICROS),
                null);
    }

    /** The incarnation that began at an instant. */
    public static long incarnation(Instant start) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, start);
    }

    /** The incarnation in the slice's replica. */
    public static long incarnation(TestUser person) {
        return Sql.asSuperuser().number("SELECT incarnation FROM profiles WHERE id = ?", person.id());
    }

    /** Publishes the erasure of a person's incarnation, as profile-service does. */
    public static void erase(TestUser person, long incarnation) {
        TopicReader.publish(new Erased(person.id(), incarnation), incarnation + 1);
    }

    /** The slice's tables with the person's id in any column; views are left out. */
    public static List<Object> tablesThatMention(TestUser person) {
        String schema = SliceStack.sliceUnderTest().schema();
        return Sql.asSuperuser()
                .column(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
                        schema)
                .stream()
                .filter(table -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM " + table + " AS line WHERE line::text LIKE ?",
                                        "%" + person.id() + "%")
                        > 0)
                .toList();
    }
}
