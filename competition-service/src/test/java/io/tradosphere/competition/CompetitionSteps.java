package io.tradosphere.competition;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Test fixtures for competitions and profiles. */
public final class CompetitionSteps {

    /** Timeout for the effect of an event. */
    public static final Duration SOON = Duration.ofSeconds(30);

    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private CompetitionSteps() {}

    /** A user whose tier may create competitions. */
    public static TestUser gladiator() {
        return KnownProfiles.of(Tier.GLADIATOR);
    }

    /** A user who may join competitions. */
    public static TestUser trader() {
        return KnownProfiles.of(Tier.FREE);
    }

    /** That many users who may join competitions. */
    public static List<TestUser> traders(int number) {
        return KnownProfiles.of(Tier.FREE, number);
    }

    /** A request body for a free-for-all that starts in an hour and has no capacity limit. */
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

    /** The same body with one field replaced; a null value removes the field. */
    public static Map<String, Object> cup(String field, Object value) {
        Map<String, Object> body = cup();
        if (value == null) {
            body.remove(field);
        } else {
            body.put(field, value);
        }
        return body;
    }

    /** The response to a request that creates a competition. */
    public static Response create(TestUser creator, Map<String, Object> body) {
        return creator.asking().body(body).post("/v1/competitions");
    }

    /** The id of a created competition. */
    public static UUID created(TestUser creator, Map<String, Object> body) {
        return UUID.fromString(
                create(creator, body).then().statusCode(201).extract().path("id"));
    }

    /** The response to a join request. */
    public static Response join(TestUser person, UUID competition) {
        return join(person, competition, Map.of());
    }

    /** The response to a join request with that body. */
    public static Response join(TestUser person, UUID competition, Map<String, Object> entry) {
        return person.asking().body(entry).post("/v1/competitions/{id}/participants", competition);
    }

    /** The response to a withdrawal request. */
    public static Response withdraw(TestUser person, UUID competition) {
        return person.asking().delete("/v1/competitions/{id}/participants/me", competition);
    }

    /** The response to a disqualification request. */
    public static Response disqualify(TestUser caller, UUID competition, TestUser participant) {
        return caller.asking()
                .body(Map.of("reason", "forged trades"))
                .post("/v1/competitions/{id}/participants/{who}/disqualify", competition, participant.id());
    }

    /** Starts a competition, as the start job would. */
    public static void start(UUID competition) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE competitions SET status = 'active', starts_at = now() - interval '1 hour' WHERE id = ?",
                        competition);
    }

    /** Completes a competition, as the completion job would. */
    public static void complete(UUID competition) {
        Sql.asSuperuser().execute("UPDATE competitions SET status = 'completed' WHERE id = ?", competition);
    }

    /** The competition's participant count. */
    public static int participantCount(UUID competition) {
        return TestUser.nobody()
                .get("/v1/competitions/{id}", competition)
                .then()
                .statusCode(200)
                .extract()
                .path("participantCount");
    }

    /** The given columns of a participant's row, separated by spaces. */
    public static String participant(UUID competition, TestUser person, String columns) {
        return String.valueOf(Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', " + columns
                                + ") FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id())
                .get(0));
    }

    /** Publishes that a user has joined a clan, and waits until the replica has it. */
    public static void joinClan(TestUser person, UUID clan) {
        TopicReader.publish(
                new ClanMemberJoined(
                        clan, person.id(), KnownProfiles.incarnation(person), ClanRole.MEMBER, Instant.now()),
                nextSequence());
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM clan_members WHERE clan_id = ? AND user_id = ? AND is_member",
                                        clan,
                                        person.id())
                        == 1);
    }

    /** Publishes a user's stealth mode. */
    public static void publishStealth(TestUser person, boolean on) {
        TopicReader.publish(
                new SettingsChanged(person.id(), KnownProfiles.incarnation(person), on, false), nextSequence());
    }

    /** Waits until the replica has that stealth mode. */
    public static void awaitStealth(TestUser person, boolean on) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT hidden FROM stealth WHERE profile_id = ?", person.id())
                        .equals(List.of(on)));
    }

    /** A sequence higher than any before. */
    public static long nextSequence() {
        return SEQUENCE.incrementAndGet();
    }
}
