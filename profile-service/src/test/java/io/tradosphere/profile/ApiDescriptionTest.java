package io.tradosphere.profile;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.util.Map;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ApiDescriptionTest extends ApiContract {

    @Override
    protected TestUser somebody() {
        return ProfileSteps.userWithProfile("gladiator");
    }

    @Override
    protected Map<String, String> found() {
        String id = ProfileSteps.userWithProfile().id().toString();
        return Map.of("id", id, "idOrUsername", id);
    }
}
