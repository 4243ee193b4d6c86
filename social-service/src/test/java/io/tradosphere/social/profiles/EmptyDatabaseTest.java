package io.tradosphere.social.profiles;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(CommittedBefore.class)
class EmptyDatabaseTest {

    @Test
    void a_slice_with_an_empty_database_reads_the_topic_from_the_start() {
        TestUser fan = TestUser.of(CommittedBefore.PUBLISHED);
        TestProfiles.awaitIncarnation(fan.id(), 1);

        fan.asking().put("/v1/follows/{id}", TestProfiles.known().id()).then().statusCode(204);
    }
}
