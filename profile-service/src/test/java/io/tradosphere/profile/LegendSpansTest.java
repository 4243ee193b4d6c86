package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.setTier;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.LegendSpan;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class LegendSpansTest {

    @Test
    void every_event_of_somebody_who_was_a_legend_tells_when() {
        TestUser alice = userWithProfile("grow");
        TestUser.withRole("platform-admin")
                .asking()
                .body(Map.of("eligible", true))
                .put("/v1/profiles/{id}/legend-eligibility", alice.id())
                .then()
                .statusCode(204);

        setTier(alice, "legend");
        setTier(alice, "elite");
        setTier(alice, "legend");
        setTier(alice, "grow");
        alice.asking()
                .body(Map.of("bio", "Retired."))
                .patch("/v1/profiles/me")
                .then()
                .statusCode(200);

        // created, grow, and five changes
        List<ConsumerRecord<String, byte[]>> told =
                TopicReader.await(Topic.PROFILES, alice.id().toString(), 7);
        List<ProfileState> states = told.subList(2, 7).stream()
                .map(TopicReader::event)
                .map(event ->
                        event instanceof TierChanged changed ? changed.profile() : ((ProfileUpdated) event).profile())
                .toList();
        LegendSpan first =
                new LegendSpan(states.get(0).tierSince(), states.get(1).tierSince());
        LegendSpan second =
                new LegendSpan(states.get(2).tierSince(), states.get(3).tierSince());
        assertThat(states.get(0).legendSpans()).isNull();
        assertThat(states.get(1).legendSpans()).containsExactly(first);
        assertThat(states.get(2).legendSpans()).containsExactly(first);
        assertThat(states.get(3).legendSpans()).containsExactly(first, second);
        assertThat(states.get(4).legendSpans()).containsExactly(first, second);
    }
}
