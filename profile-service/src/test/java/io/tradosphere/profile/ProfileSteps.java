package io.tradosphere.profile;

import io.tradosphere.test.TestUser;
import java.util.Map;

/** Test steps of profiles. */
final class ProfileSteps {

    private ProfileSteps() {}

    /** A user with a new profile. */
    static TestUser userWithProfile() {
        TestUser person = TestUser.stranger();
        person.asking()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        return person;
    }

    /** A user with a new profile of that tier. */
    static TestUser userWithProfile(String tier) {
        TestUser person = userWithProfile();
        setTier(person, tier);
        return person;
    }

    static void setTier(TestUser person, String tier) {
        TestUser.withRole("platform-admin")
                .asking()
                .body(Map.of("tier", tier))
                .put("/v1/profiles/{id}/tier", person.id())
                .then()
                .statusCode(204);
    }
}
