package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.FollowerCountTest.followersOf;
import static io.tradosphere.profile.FollowerCountTest.incarnationOf;
import static io.tradosphere.profile.FollowerCountTest.unfollowed;
import static io.tradosphere.profile.ProfileSteps.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
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
        Person star = someone();
        Person alice = someone();
        alice.asking()
                .header("Idempotency-Key", "k")
                .body(Map.of("username", Person.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(409);
        TopicTap.publish(followed(alice, star), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        alice.asking().delete("/v1/profiles/me").then().statusCode(202);

        Person.nobody().get("/v1/profiles/{id}", alice.id()).then().statusCode(404);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tablesThatMention(alice)).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isZero());
        var told = TopicTap.await(Topic.PROFILES, alice.id().toString(), 3);
        assertThat(TopicTap.event(told.get(1))).isEqualTo(new ProfileDeleted(alice.id()));
        assertThat(told.get(2).value()).isNull();
        assertThat(TopicTap.await(Topic.PROFILE_SETTINGS, alice.id().toString(), 1)
                        .get(0)
                        .value())
                .isNull();
        assertThat(TopicTap.await(Topic.ERASURES, alice.id().toString(), 1)).hasSize(1);
    }

    @Test
    void who_comes_back_starts_at_zero_and_stays_right_while_the_old_lifes_events_are_under_way() {
        Person star = someone();
        Person alice = someone();
        Person fan = someone();
        FollowEvent followsTheOldAlice = followed(fan, alice);
        FollowEvent oldAliceFollows = followed(alice, star);
        FollowEvent oldAliceStops = unfollowed(alice, star);
        long firstLife = incarnationOf(alice);
        TopicTap.publish(oldAliceFollows, 10);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        alice.asking().delete("/v1/profiles/me").then().statusCode(202);
        alice.asking()
                .body(Map.of("username", Person.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        assertThat(incarnationOf(alice)).isGreaterThan(firstLife);
        TopicTap.publish(followsTheOldAlice, 11);
        TopicTap.publish(oldAliceStops, 12);
        TopicTap.publish(followed(someone(), star), 13);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
        assertThat(followersOf(alice)).isZero();
        var told = TopicTap.await(Topic.PROFILES, alice.id().toString(), 4);
        assertThat(TopicTap.event(told.get(3))).isInstanceOf(ProfileCreated.class);
    }

    private static List<Object> tablesThatMention(Person person) {
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
