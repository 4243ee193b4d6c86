package io.tradosphere.test;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.stack.TestStack;
import java.time.Duration;
import java.util.UUID;

/**
 * A caller of the API in a test.
 *
 * @param id the profile id, the {@code sub} of the token
 * @param token a bearer token of the real issuer
 */
public record TestUser(UUID id, String token) {

    /** A caller without a profile. */
    public static TestUser stranger() {
        return of(UUID.randomUUID());
    }

    /** A caller without a profile, with a role in the token. */
    public static TestUser withRole(String role) {
        UUID id = UUID.randomUUID();
        return new TestUser(id, TestStack.get().token(id.toString(), role));
    }

    /** A caller without a profile, whose token expires after a time. */
    public static TestUser forOnly(Duration lifetime) {
        return forOnly(UUID.randomUUID(), lifetime);
    }

    /** The caller with this profile id, whose token expires after a time. */
    public static TestUser forOnly(UUID id, Duration lifetime) {
        return new TestUser(id, TestStack.get().token(id.toString(), lifetime));
    }

    /** The caller with this profile id. */
    public static TestUser of(UUID id) {
        return new TestUser(id, TestStack.get().token(id.toString()));
    }

    /** A request with this caller's token. */
    public RequestSpecification asking() {
        return RestAssured.given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** A request without a token. */
    public static RequestSpecification nobody() {
        return RestAssured.given().contentType(ContentType.JSON);
    }

    /** An unused username. */
    public static String freshUsername() {
        return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
