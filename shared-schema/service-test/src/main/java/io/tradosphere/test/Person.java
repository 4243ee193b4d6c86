package io.tradosphere.test;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.stack.TestStack;
import java.time.Duration;
import java.util.UUID;

/**
 * Somebody who calls the API in a test.
 *
 * @param id the profile id, the {@code sub} of the token
 * @param token a real one
 */
public record Person(UUID id, String token) {

    /** Somebody new, known to nobody yet. */
    public static Person stranger() {
        return of(UUID.randomUUID());
    }

    /** Somebody new with a role in the token. */
    public static Person withRole(String role) {
        UUID id = UUID.randomUUID();
        return new Person(id, TestStack.get().token(id.toString(), role));
    }

    /** Somebody new whose token expires after a time. */
    public static Person forOnly(Duration lifetime) {
        UUID id = UUID.randomUUID();
        return new Person(id, TestStack.get().token(id.toString(), lifetime));
    }

    /** The person of this id. */
    public static Person of(UUID id) {
        return new Person(id, TestStack.get().token(id.toString()));
    }

    /** A request by this person. */
    public RequestSpecification asking() {
        return RestAssured.given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** A request by nobody. */
    public static RequestSpecification nobody() {
        return RestAssured.given().contentType(ContentType.JSON);
    }

    /** A username nobody has. */
    public static String freshUsername() {
        return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
