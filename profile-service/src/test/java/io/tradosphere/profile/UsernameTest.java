package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class UsernameTest {

    @ParameterizedTest
    @ValueSource(strings = {"api", "undefined", "null", "security", "stripe", "admin", "Support", "TRADOSPHERE"})
    void a_reserved_username_is_refused(String username) {
        create(TestUser.stranger(), username).then().statusCode(400).body("violations[0].field", equalTo("username"));
    }

    @Test
    void the_username_of_an_erased_profile_rests_for_others_and_not_for_its_former_owner() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();
        create(alice, username).then().statusCode(201);
        alice.asking().delete("/v1/profiles/me").then().statusCode(202);

        create(TestUser.stranger(), username)
                .then()
                .statusCode(409)
                .body("type", equalTo("https://tradosphere.io/problems/username-taken"));
        create(alice, username).then().statusCode(201);
        alice.asking().delete("/v1/profiles/me").then().statusCode(202);
        create(TestUser.stranger(), username).then().statusCode(409);
    }

    @Test
    void a_username_is_free_once_its_rest_is_over() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();
        create(alice, username).then().statusCode(201);
        alice.asking().delete("/v1/profiles/me").then().statusCode(202);

        Sql.asSuperuser().execute("UPDATE resting_usernames SET rests_until = now()");

        create(TestUser.stranger(), username).then().statusCode(201);
    }

    @Test
    void a_resting_username_is_kept_as_a_digest_only() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();
        create(alice, username).then().statusCode(201);
        alice.asking().delete("/v1/profiles/me").then().statusCode(202);

        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM resting_usernames r WHERE r::text LIKE ? OR r::text LIKE ?",
                                "%" + username + "%",
                                "%" + alice.id() + "%"))
                .isZero();
    }

    @RepeatedTest(3)
    void a_username_taken_while_its_owner_is_erased_rests() {
        TestUser alice = TestUser.stranger();
        TestUser bob = TestUser.stranger();
        String username = TestUser.freshUsername();
        create(alice, username).then().statusCode(201);

        List<Integer> statuses = Concurrently.run(List.of(
                () -> alice.asking().delete("/v1/profiles/me").statusCode(),
                () -> create(bob, username).statusCode()));

        assertThat(statuses).containsExactly(202, 409);
    }

    @ParameterizedTest
    @CsvSource({"displayName,a\u202Eb", "displayName,\u200B", "bio,\u3164", "myStory,a\u0000b", "tradingStyle,a\u2028b"
    })
    void a_text_with_characters_that_show_nothing_is_refused(String field, String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("username", TestUser.freshUsername());
        fields.put(field, text);

        TestUser.stranger().asking().body(fields).post("/v1/profiles").then().statusCode(400);
    }

    @Test
    void a_text_is_stored_in_its_composed_form() {
        TestUser alice = TestUser.stranger();
        create(alice, TestUser.freshUsername()).then().statusCode(201);

        alice.asking()
                .body(Map.of("displayName", "Zu\u0308rich", "bio", "two\nlines \uD83D\uDC68\u200D\uD83D\uDC69"))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Z\u00FCrich"));
    }

    private static Response create(TestUser person, String username) {
        return person.asking().body(Map.of("username", username)).post("/v1/profiles");
    }
}
