package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The limits of request size. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RequestLimitsTest {

    private static final int LONGEST_URI = 4_000;
    private static final int MOST_HEADER_CHARACTERS = 16_000;
    private static final int LARGEST_BODY = 1 << 20;

    @Test
    void the_longest_uri_is_accepted_and_a_longer_one_rejected() {
        String query = "/v1/profiles?q=";

        isRejected(get(query + "x".repeat(LONGEST_URI + 1 - query.length())), 414, "uri-too-long");
        get("/" + "x".repeat(LONGEST_URI - 1)).then().statusCode(404);
    }

    @Test
    void headers_are_rejected_by_their_total_size() {
        Response manySmallOnes = TestUser.nobody()
                .header("X-One", "x".repeat(MOST_HEADER_CHARACTERS / 2))
                .header("X-Two", "x".repeat(MOST_HEADER_CHARACTERS / 2))
                .get("/v1/profiles");

        isRejected(manySmallOnes, 431, "headers-too-large");
        TestUser.nobody()
                .header("X-One", "x".repeat(MOST_HEADER_CHARACTERS / 2))
                .get("/v1/profiles")
                .then()
                .statusCode(200);
    }

    @Test
    void a_body_over_the_limit_is_rejected_and_its_connection_closed() {
        Response refused = userWithProfile()
                .asking()
                .body(Map.of("bio", "x".repeat(LARGEST_BODY)))
                .patch("/v1/profiles/me");

        isRejected(refused, 413, "body-too-large").header("Connection", equalTo("close"));
    }

    private static Response get(String path) {
        return TestUser.nobody().urlEncodingEnabled(false).get(path);
    }

    private static ValidatableResponse isRejected(Response response, int status, String kind) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tradosphere.io/problems/" + kind));
    }
}
