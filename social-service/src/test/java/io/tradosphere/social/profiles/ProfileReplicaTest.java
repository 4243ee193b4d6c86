package io.tradosphere.social.profiles;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ProfileReplicaTest {

    @Test
    void a_new_name_appears_in_lists_and_a_late_older_state_changes_nothing() {
        TestUser star = TestProfiles.known();
        TestUser fan = TestProfiles.known();
        fan.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
        ProfileState older = TestProfiles.state(fan.id(), Tier.FREE, 1);
        ProfileState newer = TestProfiles.state(fan.id(), Tier.GROW, 1);
        long sequence = TestProfiles.nextSequence();

        TopicReader.publish(new ProfileUpdated(newer), TestProfiles.nextSequence());
        TopicReader.publish(new ProfileUpdated(older), sequence);
        TestUser last = TestProfiles.known();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> TestUser.nobody()
                        .get("/v1/follows/{id}/followers", star.id())
                        .then()
                        .body("items[0].username", equalTo(newer.username()))
                        .body("items[0].tier", equalTo("grow")));
        TestProfiles.awaitIncarnation(last.id(), 1);
    }

    @Test
    void a_lost_replica_is_rebuilt_from_the_topic() {
        TestUser person = TestUser.stranger();
        ProfileState state = TestProfiles.state(person.id(), Tier.LEGEND, 1);
        long sequence = TestProfiles.nextSequence();
        TopicReader.publish(new ProfileCreated(state), sequence);
        TestProfiles.awaitIncarnation(person.id(), 1);
        Sql.asSuperuser().execute("DELETE FROM profiles WHERE id = ?", person.id());

        TopicReader.publish(new ProfileCreated(state), sequence);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                        .column("SELECT username FROM profiles WHERE id = ?", person.id())
                        .equals(List.of(state.username())));
    }
}
