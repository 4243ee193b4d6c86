package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.setTier;
import static io.tradosphere.profile.ProfileSteps.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TopicTap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class OwnProfileTest {

    @Test
    void a_patch_changes_what_it_names_removes_what_it_nulls_and_leaves_the_rest() {
        Person alice = someone();
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
    void tier_and_stats_are_not_the_owners_to_write() {
        someone()
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
    void an_edit_of_a_stale_version_is_refused_and_changes_nothing() {
        Person alice = someone();
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
    void stealth_mode_is_for_gladiators_shown_to_its_owner_alone_and_ends_with_the_tier() {
        Person alice = someone();
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
        someone().asking().get("/v1/profiles/{id}", alice.id()).then().body("stealthMode", nullValue());

        setTier(alice, "elite");
        alice.asking().get("/v1/profiles/me").then().body("stealthMode", equalTo(false));
        var told = TopicTap.await(Topic.PROFILE_SETTINGS, alice.id().toString(), 2);
        assertThat(((SettingsChanged) TopicTap.event(told.get(1))).stealthMode())
                .isFalse();
    }

    @Test
    void a_caller_without_a_profile_is_told_to_make_one() {
        Person.stranger()
                .asking()
                .get("/v1/profiles/me")
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
    }

    @Test
    void an_export_holds_the_profile_with_its_settings() {
        Person alice = someone();

        alice.asking()
                .get("/v1/profiles/me/export")
                .then()
                .statusCode(200)
                .body("profile.id", equalTo(alice.id().toString()))
                .body("profile.stealthMode", equalTo(false))
                .body("legendEligible", equalTo(false));
    }
}
