package io.tradosphere.competition;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Competitions and people as tests need them. */
public final class ContestSteps {

    /** Long enough for an event to take effect. */
    public static final Duration SOON = Duration.ofSeconds(30);

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private ContestSteps() {}

    /** Somebody who may hold competitions. */
    public static Person gladiator() {
        return Acquaintance.of(Tier.GLADIATOR);
    }

    /** Somebody who may join them. */
    public static Person trader() {
        return Acquaintance.of(Tier.FREE);
    }

    /** So many people who may join them. */
    public static List<Person> traders(int number) {
        Instant born = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long incarnation = Acquaintance.incarnation(born);
        List<Person> people = Stream.generate(Person::stranger).limit(number).toList();
        people.forEach(person -> TopicTap.publish(
                new ProfileCreated(new ProfileState(
                        person.id(),
                        Person.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Tier.FREE,
                        born,
                        incarnation,
                        born)),
                incarnation));
        UUID[] ids = people.stream().map(Person::id).toArray(UUID[]::new);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser().number("SELECT count(*) FROM profiles WHERE id = ANY (?)", (Object) ids)
                        == number);
        return people;
    }

    /** The body that announces a competition of everybody against everybody, which starts in an hour and has no limit. */
    public static Map<String, Object> cup() {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "Cup");
        body.put("type", "free_for_all");
        body.put("prizePool", "100.00");
        body.put("rules", Map.of());
        body.put("scoringMetrics", Map.of("totalPnl", 1));
        body.put("startsAt", Instant.now().plus(1, ChronoUnit.HOURS).toString());
        body.put("endsAt", Instant.now().plus(2, ChronoUnit.DAYS).toString());
        return body;
    }

    /** The same with a field that says something else; null takes the field out. */
    public static Map<String, Object> cup(String field, Object value) {
        Map<String, Object> body = cup();
        if (value == null) {
            body.remove(field);
        } else {
            body.put(field, value);
        }
        return body;
    }

    /** The answer to a request that announces a competition. */
    public static Response announce(Person creator, Map<String, Object> body) {
        return creator.asking().body(body).post("/v1/competitions");
    }

    /** The id of a competition that has been announced. */
    public static UUID announced(Person creator, Map<String, Object> body) {
        return UUID.fromString(
                announce(creator, body).then().statusCode(201).extract().path("id"));
    }

    /** The answer to a request that joins. */
    public static Response join(Person person, UUID competition) {
        return join(person, competition, Map.of());
    }

    /** The answer to a request that joins for a clan. */
    public static Response join(Person person, UUID competition, Map<String, Object> entry) {
        return person.asking().body(entry).post("/v1/competitions/{id}/participants", competition);
    }

    /** The answer to a request that withdraws. */
    public static Response withdraw(Person person, UUID competition) {
        return person.asking().delete("/v1/competitions/{id}/participants/me", competition);
    }

    /** The answer to a request that excludes somebody. */
    public static Response disqualify(Person caller, UUID competition, Person participant) {
        return caller.asking()
                .body(Map.of("reason", "forged trades"))
                .post("/v1/competitions/{id}/participants/{who}/disqualify", competition, participant.id());
    }

    /** Brings a competition under way, as the lifecycle would at its time. */
    public static void start(UUID competition) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE competitions SET status = 'active', starts_at = now() - interval '1 hour' WHERE id = ?",
                        competition);
    }

    /** Brings a competition to its end, as the lifecycle would at its time. */
    public static void complete(UUID competition) {
        Sql.asSuperuser().execute("UPDATE competitions SET status = 'completed' WHERE id = ?", competition);
    }

    /** How many places the competition counts as taken. */
    public static int participantCount(UUID competition) {
        return Person.nobody()
                .get("/v1/competitions/{id}", competition)
                .then()
                .statusCode(200)
                .extract()
                .path("participantCount");
    }

    /** A participant's row, as {@code column, column} say. */
    public static String participant(UUID competition, Person person, String columns) {
        return String.valueOf(Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', " + columns
                                + ") FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id())
                .get(0));
    }

    /** Tells that somebody has joined a clan. */
    public static void joinsClan(Person person, UUID clan) {
        TopicTap.publish(
                new ClanMemberJoined(
                        clan, person.id(), Acquaintance.incarnation(person), ClanRole.MEMBER, Instant.now()),
                nextSequence());
    }

    /** Tells of somebody's stealth mode. */
    public static void setStealth(Person person, boolean on) {
        TopicTap.publish(new SettingsChanged(person.id(), Acquaintance.incarnation(person), on, false), nextSequence());
    }

    /** Awaits what the copy of stealth modes says of somebody. */
    public static void awaitStealth(Person person, boolean on) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT hidden FROM stealth WHERE profile_id = ?", person.id())
                        .equals(List.of(on)));
    }

    /** A number higher than any before. */
    public static long nextSequence() {
        return SEQUENCE.incrementAndGet();
    }
}
