package io.tradosphere.streaming;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.erasure.BatchedErasure;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.schema.ErasureCoverageContract;
import jakarta.inject.Inject;
import java.util.Set;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class ErasureCoverageTest extends ErasureCoverageContract {

    @Inject
    BatchedErasure erasure;

    @Override
    protected Set<String> covered() {
        return erasure.columns();
    }
}
