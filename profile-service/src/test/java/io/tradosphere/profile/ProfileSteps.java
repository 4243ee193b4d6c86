package io.tradosphere.profile;

import io.tradosphere.test.Person;
import java.util.Map;

/** What tests do before what they test. */
final class ProfileSteps {

    private ProfileSteps() {}

    /** Somebody with a fresh profile. */
    static Person someone() {
        Person person = Person.stranger();
        person.asking()
                .body(Map.of("username", Person.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        return person;
    }

    /** Somebody with a fresh profile of that tier. */
    static Person someone(String tier) {
        Person person = someone();
        setTier(person, tier);
        return person;
    }

    static void setTier(Person person, String tier) {
        Person.withRole("platform-admin")
                .asking()
                .body(Map.of("tier", tier))
                .put("/v1/profiles/{id}/tier", person.id())
                .then()
                .statusCode(204);
    }
}
