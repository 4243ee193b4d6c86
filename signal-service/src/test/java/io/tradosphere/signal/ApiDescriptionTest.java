package io.tradosphere.signal;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ApiDescriptionTest extends ApiContract {

    private final Map<String, String> found = new HashMap<>();
    private TestUser caller;

    /** Creates a resource for each path parameter. */
    @BeforeEach
    void path_parameters_have_existing_values() {
        caller = SignalSteps.known(Tier.LEGEND);
        UUID signal = SignalSteps.posted(caller, SignalSteps.signalWithoutLevels());
        found.put("signalId", signal.toString());
        found.put("commentId", SignalSteps.commented(caller, signal).toString());
    }

    @Override
    protected TestUser somebody() {
        return caller;
    }

    @Override
    protected Map<String, String> found() {
        return found;
    }
}
