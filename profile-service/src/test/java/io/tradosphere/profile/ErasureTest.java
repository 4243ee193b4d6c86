package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.FollowerCountTest.followersOf;
import static io.tradosphere.profile.FollowerCountTest.incarnationOf;
import static io.tradosphere.profile.FollowerCountTest.unfollowed;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void an_erased_person_is_in_no_table_of_the_slice_and_tombstoned_in_its_topics() {
        TestUser star = userWithProfile();
        TestUser alice = userWithProfile();
        alice.asking()
                .header("Idempotency-Key", "k")
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(409);
        TopicReader.publish(followed(alice, star), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        alice.asking().delete("/v1/profiles/me").then().statusCode(202);

        TestUser.nobody().get("/v1/profiles/{id}", alice.id()).then().statusCode(404);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tablesThatMention(alice)).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isZero());
        var events = TopicReader.await(Topic.PROFILES, alice.id().toString(), 3);
        assertThat(TopicReader.event(events.get(1))).isEqualTo(new ProfileDeleted(alice.id()));
        assertThat(events.get(2).value()).isNull();
        assertThat(TopicReader.await(Topic.PROFILE_SETTINGS, alice.id().toString(), 1)
                        .get(0)
                        .value())
                .isNull();
        assertThat(TopicReader.await(Topic.ERASURES, alice.id().toString(), 1)).hasSize(1);
    }

    @Test
    void a_person_who_returns_has_a_greater_incarnation_although_the_clock_stepped_back() {
        TestUser alice = userWithProfile();
        Sql.asSuperuser()
                .execute("UPDATE profiles SET incarnation = incarnation + 3600000000 WHERE id = ?", alice.id());
        long former = incarnationOf(alice);

        alice.asking().delete("/v1/profiles/me").then().statusCode(202);
        alice.asking()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);

        assertThat(incarnationOf(alice)).isGreaterThan(former);
        TestUser star = userWithProfile();
        TopicReader.publish(followed(alice, star), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
    }

    @Test
    void a_person_who_returns_starts_at_zero_and_ignores_events_of_the_old_incarnation() {
        TestUser star = userWithProfile();
        TestUser alice = userWithProfile();
        TestUser fan = userWithProfile();
        FollowEvent followsTheOldAlice = followed(fan, alice);
        FollowEvent oldAliceFollows = followed(alice, star);
        FollowEvent oldAliceStops = unfollowed(alice, star);
        long firstLife = incarnationOf(alice);
        TopicReader.publish(oldAliceFollows, 10);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        alice.asking().delete("/v1/profiles/me").then().statusCode(202);
        alice.asking()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        assertThat(incarnationOf(alice)).isGreaterThan(firstLife);
        TopicReader.publish(followsTheOldAlice, 11);
        TopicReader.publish(oldAliceStops, 12);
        TopicReader.publish(followed(userWithProfile(), star), 13);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
        assertThat(followersOf(alice)).isZero();
        var events = TopicReader.await(Topic.PROFILES, alice.id().toString(), 4);
        assertThat(TopicReader.event(events.get(3))).isInstanceOf(ProfileCreated.class);
    }

    private static List<Object> tablesThatMention(TestUser person) {
        return Sql.asSuperuser()
                .column(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'profile' AND table_type = 'BASE TABLE'")
                .stream()
                .filter(table -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM " + table + " AS row WHERE row::text LIKE ?",
                                        "%" + person.id() + "%")
                        > 0)
                .toList();
    }
}
