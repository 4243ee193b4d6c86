package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.setTier;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class OwnProfileTest {

    @Test
    void a_patch_changes_the_fields_it_names_and_removes_those_it_sets_to_null() {
        TestUser alice = userWithProfile();
        alice.asking()
                .body(Map.of("bio", "swing", "myWhy", "freedom"))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200);
        Map<String, Object> patch = new HashMap<>();
        patch.put("bio", null);
        patch.put("displayName", "Alice");

        alice.asking()
                .contentType("application/merge-patch+json")
                .body(patch)
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200)
                .body("bio", nullValue())
                .body("displayName", equalTo("Alice"))
                .body("myWhy", equalTo("freedom"));
    }

    @Test
    void tier_and_stats_are_not_writable_by_the_owner() {
        userWithProfile()
                .asking()
                .body(Map.of("tier", "legend", "followerCount", 7, "legendEligible", true))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("tier"))
                .body("violations.field", hasItem("followerCount"))
                .body("violations.field", hasItem("legendEligible"));
    }

    @Test
    void an_edit_of_a_stale_version_is_rejected_and_changes_nothing() {
        TestUser alice = userWithProfile();
        String seen = alice.asking().get("/v1/profiles/me").header("ETag");
        alice.asking()
                .body(Map.of("bio", "newer"))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200);

        alice.asking()
                .header("If-Match", seen)
                .body(Map.of("bio", "from an old page"))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(412);

        alice.asking().get("/v1/profiles/me").then().body("bio", equalTo("newer"));
    }

    @Test
    void a_deletion_that_names_an_old_version_deletes_nothing() {
        TestUser alice = userWithProfile();
        String seen = alice.asking().get("/v1/profiles/me").header("ETag");
        alice.asking()
                .body(Map.of("bio", "newer"))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200);

        alice.asking().header("If-Match", seen).delete("/v1/profiles/me").then().statusCode(412);

        String current = alice.asking().get("/v1/profiles/me").header("ETag");
        alice.asking()
                .header("If-Match", current)
                .delete("/v1/profiles/me")
                .then()
                .statusCode(202);
    }

    @Test
    void stealth_mode_requires_gladiator_is_visible_to_its_owner_only_and_ends_with_the_tier() {
        TestUser alice = userWithProfile();
        alice.asking()
                .body(Map.of("stealthMode", true))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/tier-too-low"));
        setTier(alice, "gladiator");

        alice.asking()
                .body(Map.of("stealthMode", true))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200)
                .body("stealthMode", equalTo(true));
        userWithProfile().asking().get("/v1/profiles/{id}", alice.id()).then().body("stealthMode", nullValue());

        setTier(alice, "elite");
        alice.asking().get("/v1/profiles/me").then().body("stealthMode", equalTo(false));
        var events = TopicReader.await(Topic.PROFILE_SETTINGS, alice.id().toString(), 2);
        assertThat(((SettingsChanged) TopicReader.event(events.get(1))).stealthMode())
                .isFalse();
    }

    @Test
    void a_caller_without_a_profile_gets_profile_required() {
        TestUser.stranger()
                .asking()
                .get("/v1/profiles/me")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
    }

    @Test
    void an_export_holds_the_profile_with_its_settings() {
        TestUser alice = userWithProfile();

        alice.asking()
                .get("/v1/profiles/me/export")
                .then()
                .statusCode(200)
                .body("profile.id", equalTo(alice.id().toString()))
                .body("profile.stealthMode", equalTo(false))
                .body("legendEligible", equalTo(false));
    }
}
