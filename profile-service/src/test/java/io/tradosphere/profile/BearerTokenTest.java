package io.tradosphere.profile;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tradosphere.stack.TestStack;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Validation of bearer tokens, with and without the cache. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class BearerTokenTest {

    @Test
    void a_forged_token_is_rejected_even_where_none_is_required() {
        TestUser.nobody()
                .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")
                .get("/v1/profiles")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    void a_token_is_rejected_once_it_has_expired_although_it_was_accepted_before() {
        // The issuer's keys are known by then.
        askingFor(TestUser.stranger()).statusCode(403);
        TestUser alice = TestUser.forOnly(Duration.ofSeconds(5));
        askingFor(alice).statusCode(403);
        askingFor(alice).statusCode(403);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> askingFor(alice).statusCode(401));
    }

    @Test
    void a_token_whose_signature_differs_from_a_valid_one_is_rejected() {
        TestUser alice = TestUser.stranger();
        askingFor(alice).statusCode(403);

        String token = alice.token();
        int within = token.length() - 20;
        String other = token.charAt(within) == 'A' ? "B" : "A";
        TestUser forger = new TestUser(alice.id(), token.substring(0, within) + other + token.substring(within + 1));

        askingFor(forger).statusCode(401);
    }

    @Test
    void two_tokens_of_one_person_each_give_their_own_roles() {
        TestUser alice = TestUser.stranger();
        TestUser asAdmin =
                new TestUser(alice.id(), TestStack.get().token(alice.id().toString(), "platform-admin"));

        for (int time = 0; time < 2; time++) {
            settingATier(asAdmin).statusCode(404);
            settingATier(alice).statusCode(403);
        }
    }

    private static ValidatableResponse askingFor(TestUser person) {
        return person.asking().get("/v1/profiles/me").then();
    }

    private static ValidatableResponse settingATier(TestUser person) {
        return person.asking()
                .body(Map.of("tier", "grow"))
                .put("/v1/profiles/{id}/tier", person.id())
                .then();
    }
}
