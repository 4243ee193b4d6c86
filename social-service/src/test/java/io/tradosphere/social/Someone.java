package io.tradosphere.social;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** People as profile-service would have made them known. */
public final class Someone {

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private Someone() {}

    /** Somebody of the lowest tier whom the slice knows. */
    public static Person known() {
        return known(Tier.FREE);
    }

    /** Somebody whom the slice knows. */
    public static Person known(Tier tier) {
        Person person = Person.stranger();
        announce(state(person.id(), tier, 1));
        awaitIncarnation(person.id(), 1);
        return person;
    }

    /** So many people whom the slice knows. */
    public static List<Person> known(int number) {
        List<Person> people = Stream.generate(Person::stranger).limit(number).toList();
        people.forEach(person -> announce(state(person.id(), Tier.FREE, 1)));
        people.forEach(person -> awaitIncarnation(person.id(), 1));
        return people;
    }

    /** Somebody whom profile-service knows, and the slice does not yet. */
    public static Person unheardOf(Tier tier) {
        Person person = Person.stranger();
        ProfileServiceDouble.knows(state(person.id(), tier, 1), nextSequence());
        return person;
    }

    /** A new life of somebody's id, of which the slice knows. */
    public static void comesBack(Person person, long incarnation) {
        announce(state(person.id(), Tier.FREE, incarnation));
        awaitIncarnation(person.id(), incarnation);
    }

    /** Tells the slice by event that a life of somebody's id is to be forgotten, and waits until its copy has. */
    public static void isErased(Person person, long incarnation) {
        ProfileServiceDouble.forgets(person.id());
        TopicTap.publish(new Erased(person.id(), incarnation), nextSequence());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM departed WHERE pseudonym = auth.pseudonym(?) AND incarnation >= ?",
                                        person.id(),
                                        incarnation)
                        == 1);
    }

    /** What profile-service would tell of somebody. */
    public static ProfileState state(UUID id, Tier tier, long incarnation) {
        Instant now = Instant.now().truncatedTo(MICROS);
        return new ProfileState(
                id, Person.freshUsername(), null, null, null, null, null, null, null, tier, now, incarnation, now);
    }

    /** A number higher than any before. */
    public static long nextSequence() {
        return SEQUENCE.incrementAndGet();
    }

    /** Awaits that the copy knows that life of somebody. */
    public static void awaitIncarnation(UUID person, long incarnation) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                        .column("SELECT incarnation FROM profiles WHERE id = ?", person)
                        .equals(List.of(incarnation)));
    }

    /** The ids of people, in the order given. */
    public static List<String> ids(Person... people) {
        return Arrays.stream(people).map(person -> person.id().toString()).toList();
    }

    private static void announce(ProfileState state) {
        TopicTap.publish(new ProfileCreated(state), nextSequence());
    }
}
