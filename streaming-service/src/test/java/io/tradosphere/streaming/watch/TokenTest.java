package io.tradosphere.streaming.watch;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.start;
import static io.tradosphere.streaming.StreamSteps.viewer;
import static io.tradosphere.streaming.StreamSteps.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.agora.media.AccessToken2;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class TokenTest {

    private static final Set<Short> JOIN = Set.of((short) 1);
    private static final Set<Short> JOIN_AND_PUBLISH = Set.of((short) 1, (short) 2, (short) 3, (short) 4);

    @Test
    void the_creator_gets_a_publishers_token_and_everybody_else_a_viewers() {
        TestUser alice = creator();
        JsonPath stream = start(alice);
        UUID id = UUID.fromString(stream.getString("id"));

        JsonPath hers = token(alice, id);
        JsonPath theirs = token(viewer(), id);

        for (JsonPath token : List.of(hers, theirs)) {
            AccessToken2 read = read(token.getString("token"));
            assertThat(read.appId).isEqualTo(AgoraFake.APP_ID).isEqualTo(token.getString("appId"));
            assertThat(service(read).getChannelName())
                    .isEqualTo(stream.getString("channel.channelId"))
                    .isEqualTo(token.getString("channelId"));
            assertThat(service(read).getUid()).isEqualTo(token.getString("uid"));
            assertThat(Instant.parse(token.getString("expiresAt")))
                    .isEqualTo(Instant.ofEpochSecond((long) read.issueTs + read.expire));
            assertThat(read.expire).isEqualTo(3_600);
        }
        assertThat(hers.getString("role")).isEqualTo("publisher");
        assertThat(hers.getLong("uid")).isEqualTo(1);
        assertThat(service(read(hers.getString("token"))).getPrivileges()).containsOnlyKeys(JOIN_AND_PUBLISH);
        assertThat(theirs.getString("role")).isEqualTo("subscriber");
        assertThat(theirs.getLong("uid")).isBetween(1_000L, 0xFFFF_FFFFL);
        assertThat(service(read(theirs.getString("token"))).getPrivileges()).containsOnlyKeys(JOIN);
    }

    @Test
    void every_token_of_a_viewer_is_for_another_user_id() {
        UUID stream = UUID.fromString(start(creator()).getString("id"));
        TestUser bob = viewer();

        assertThat(token(bob, stream).getLong("uid"))
                .isNotEqualTo(token(bob, stream).getLong("uid"));
    }

    @Test
    void nobody_without_a_profile_gets_a_token_and_no_stream_has_an_unknown_id() {
        UUID stream = UUID.fromString(start(creator()).getString("id"));

        TestUser.stranger()
                .asking()
                .post("/v1/streams/{id}/token", stream)
                .then()
                .statusCode(403)
                .body("type", containsString("/profile-required"));
        TestUser.nobody().post("/v1/streams/{id}/token", stream).then().statusCode(401);
        viewer().asking()
                .post("/v1/streams/{id}/token", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void a_block_in_either_direction_keeps_a_person_from_token_and_viewers_until_it_is_removed() {
        TestUser alice = creator();
        TestUser bob = viewer();
        TestUser carol = viewer();
        UUID stream = UUID.fromString(start(alice).getString("id"));

        block(alice, bob, 1);
        block(carol, alice, 1);

        for (TestUser kept : List.of(bob, carol)) {
            await().atMost(SOON)
                    .untilAsserted(() -> kept.asking()
                            .post("/v1/streams/{id}/token", stream)
                            .then()
                            .statusCode(403)
                            .body("type", containsString("/blocked")));
            assertThat(watch(kept, stream)).isEqualTo(403);
        }

        TopicReader.publish(
                new Unblocked(
                        alice.id(),
                        KnownProfiles.incarnation(alice),
                        bob.id(),
                        KnownProfiles.incarnation(bob),
                        Instant.now()),
                2);
        await().atMost(SOON)
                .until(() -> bob.asking().post("/v1/streams/{id}/token", stream).statusCode() == 201);
    }

    private static void block(TestUser blocker, TestUser blocked, long sequence) {
        TopicReader.publish(
                new Blocked(
                        blocker.id(),
                        KnownProfiles.incarnation(blocker),
                        blocked.id(),
                        KnownProfiles.incarnation(blocked),
                        Instant.now()),
                sequence);
    }

    private static JsonPath token(TestUser person, UUID stream) {
        return person.asking()
                .post("/v1/streams/{id}/token", stream)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static AccessToken2 read(String token) {
        AccessToken2 read = new AccessToken2();
        assertThat(read.parse(token)).isTrue();
        return read;
    }

    private static AccessToken2.ServiceRtc service(AccessToken2 token) {
        return (AccessToken2.ServiceRtc) token.services.get(AccessToken2.SERVICE_TYPE_RTC);
    }
}
