package io.tradosphere.competition;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.flow.FlowContract;

@QuarkusTest
@WithTestResource(SliceStack.class)
class FlowTest extends FlowContract {}
