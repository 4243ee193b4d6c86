package io.tradosphere.messaging;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.api.ApiContract;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ApiDescriptionTest extends ApiContract {

    @Override
    protected Person somebody() {
        return Acquaintance.of(Tier.LEGEND);
    }
}
