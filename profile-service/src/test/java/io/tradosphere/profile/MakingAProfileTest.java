package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class MakingAProfileTest {

    @Test
    void a_new_profile_is_free_with_zero_counters_and_found_at_its_location() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();

        String location = alice.asking()
                .body(Map.of("username", username.toUpperCase(Locale.ROOT), "displayName", "Alice"))
                .post("/v1/profiles")
                .then()
                .statusCode(201)
                .header("ETag", notNullValue())
                .extract()
                .header("Location");

        TestUser.nobody()
                .get(location)
                .then()
                .statusCode(200)
                .body("id", equalTo(alice.id().toString()))
                .body("username", equalTo(username))
                .body("displayName", equalTo("Alice"))
                .body("tier", equalTo("free"))
                .body("stats.followerCount", equalTo(0))
                .body("stats.winRate", nullValue())
                .body("stealthMode", nullValue());
    }

    @Test
    void a_second_profile_of_the_same_person_is_rejected() {
        TestUser alice = userWithProfile();

        alice.asking()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tradosphere.io/problems/profile-exists"));
    }

    @Test
    void a_username_is_unique_in_any_case() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();
        alice.asking()
                .body(Map.of("username", username))
                .post("/v1/profiles")
                .then()
                .statusCode(201);

        TestUser.stranger()
                .asking()
                .body(Map.of("username", username.toUpperCase(Locale.ROOT)))
                .post("/v1/profiles")
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/username-taken"));
    }

    @Test
    void an_invalid_username_an_unknown_field_and_a_script_url_are_each_reported() {
        TestUser.stranger()
                .asking()
                .body(Map.of("username", "a!", "avatarUrl", "javascript:alert(1)"))
                .post("/v1/profiles")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("username"))
                .body("violations.field", hasItem("avatarUrl"));
        TestUser.stranger()
                .asking()
                .body(Map.of("username", TestUser.freshUsername(), "tier", "legend"))
                .post("/v1/profiles")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("tier"));
        TestUser.stranger()
                .asking()
                .body(Map.of("username", "admin"))
                .post("/v1/profiles")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("username"));
    }

    @Test
    void a_profile_cannot_be_created_without_a_token() {
        TestUser.nobody()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .contentType("application/problem+json");
    }

    @Test
    void the_same_key_and_body_twice_create_one_profile_and_get_the_same_response() {
        TestUser alice = TestUser.stranger();
        Map<String, String> body = Map.of("username", TestUser.freshUsername());

        String first = alice.asking()
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/v1/profiles")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        String second = alice.asking()
                .header("Idempotency-Key", "k1")
                .body(body)
                .post("/v1/profiles")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .extract()
                .asString();

        assertThat(second).isEqualTo(first);
        alice.asking()
                .header("Idempotency-Key", "k1")
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(422)
                .body("type", equalTo("https://tradosphere.io/problems/idempotency-key-reused"));
    }

    @Test
    void twenty_identical_concurrent_requests_create_one_profile_and_one_event() {
        TestUser alice = TestUser.stranger();
        Map<String, String> body = Map.of("username", TestUser.freshUsername());
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 20)
                .parallel()
                .forEach(i -> statuses.add(alice.asking()
                        .header("Idempotency-Key", "same")
                        .body(body)
                        .post("/v1/profiles")
                        .statusCode()));

        assertThat(statuses).containsOnly(201);
        assertThat(TopicReader.await(Topic.PROFILES, alice.id().toString(), 1)).hasSize(1);
    }

    @Test
    void creating_a_profile_publishes_a_cloud_event_with_the_trace_of_its_request() {
        TestUser alice = TestUser.stranger();
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        alice.asking()
                .header("traceparent", trace)
                .body(Map.of("username", TestUser.freshUsername(), "bio", "long only"))
                .post("/v1/profiles")
                .then()
                .statusCode(201);

        List<ConsumerRecord<String, byte[]>> events =
                TopicReader.await(Topic.PROFILES, alice.id().toString(), 1);

        ConsumerRecord<String, byte[]> created = events.get(0);
        assertThat(TopicReader.header(created, Envelope.TYPE)).isEqualTo("io.tradosphere.profile.created.v1");
        assertThat(TopicReader.header(created, Envelope.SOURCE)).isEqualTo("/tradosphere/profile-service");
        assertThat(TopicReader.header(created, Envelope.SUBJECT))
                .isEqualTo(alice.id().toString());
        assertThat(TopicReader.header(created, Envelope.TRACEPARENT)).isEqualTo(trace);
        assertThat(((ProfileCreated) TopicReader.event(created)).profile().bio())
                .isEqualTo("long only");
    }
}
