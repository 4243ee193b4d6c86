package io.tradosphere.test;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** People whom a slice other than profile's knows by its copy of them. */
public final class Acquaintance {

    private static final Duration SOON = Duration.ofSeconds(30);

    private Acquaintance() {}

    /** Somebody new of that tier, as soon as the slice knows them. */
    public static Person of(Tier tier) {
        return of(UUID.randomUUID(), tier, Instant.now());
    }

    /** Somebody of that tier whose present life began then, as soon as the slice knows them. */
    public static Person of(UUID id, Tier tier, Instant born) {
        long incarnation = incarnation(born);
        ProfileState state = new ProfileState(
                id,
                Person.freshUsername(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tier,
                born.truncatedTo(ChronoUnit.MICROS),
                incarnation,
                born.truncatedTo(ChronoUnit.MICROS));
        TopicTap.publish(new ProfileCreated(state), incarnation);
        await("the slice's copy of " + id)
                .atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT tier FROM profiles WHERE id = ? AND incarnation = ?", id, incarnation)
                        .equals(List.of(tier.name().toLowerCase(Locale.ROOT))));
        return Person.of(id);
    }

    /** The number of a life that began then. */
    public static long incarnation(Instant born) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, born);
    }

    /** The number of the life that the slice's copy knows. */
    public static long incarnation(Person person) {
        return Sql.asSuperuser().number("SELECT incarnation FROM profiles WHERE id = ?", person.id());
    }

    /** Has the person's life of that number erased, as profile-service would; every slice hears of it. */
    public static void erase(Person person, long incarnation) {
        TopicTap.publish(new Erased(person.id(), incarnation), incarnation + 1);
    }

    /** The slice's tables that hold the person's id anywhere; views are left out. */
    public static List<Object> tablesThatMention(Person person) {
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
