package io.tradosphere.social.people;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(CommittedBefore.class)
class EmptyDatabaseTest {

    @Test
    void a_slice_on_an_empty_database_catches_up_whatever_its_group_has_committed() {
        Person fan = Person.of(CommittedBefore.SOMEBODY);
        Someone.awaitIncarnation(fan.id(), 1);

        fan.asking().put("/v1/follows/{id}", Someone.known().id()).then().statusCode(204);
    }
}
