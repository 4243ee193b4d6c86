package io.tradosphere.social.people;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class CopyOfPeopleTest {

    @Test
    void a_new_name_shows_in_lists_and_an_older_state_that_comes_late_changes_nothing() {
        Person star = Someone.known();
        Person fan = Someone.known();
        fan.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
        ProfileState older = Someone.state(fan.id(), Tier.FREE, 1);
        ProfileState newer = Someone.state(fan.id(), Tier.GROW, 1);
        long sequence = Someone.nextSequence();

        TopicTap.publish(new ProfileUpdated(newer), Someone.nextSequence());
        TopicTap.publish(new ProfileUpdated(older), sequence);
        Person last = Someone.known();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Person.nobody()
                        .get("/v1/follows/{id}/followers", star.id())
                        .then()
                        .body("items[0].username", equalTo(newer.username()))
                        .body("items[0].tier", equalTo("grow")));
        Someone.awaitIncarnation(last.id(), 1);
    }

    @Test
    void a_copy_that_was_lost_is_rebuilt_by_the_topic_alone() {
        Person person = Person.stranger();
        ProfileState state = Someone.state(person.id(), Tier.LEGEND, 1);
        long sequence = Someone.nextSequence();
        TopicTap.publish(new ProfileCreated(state), sequence);
        Someone.awaitIncarnation(person.id(), 1);
        Sql.asSuperuser().execute("DELETE FROM profiles WHERE id = ?", person.id());

        TopicTap.publish(new ProfileCreated(state), sequence);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                        .column("SELECT username FROM profiles WHERE id = ?", person.id())
                        .equals(List.of(state.username())));
    }
}
