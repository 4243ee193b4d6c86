package io.tradosphere.social;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.social.clan.ClanSteps;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ApiDescriptionTest extends ApiContract {

    private TestUser caller;
    private Map<String, String> found;

    @BeforeEach
    void there_are_people_and_a_clan() {
        caller = TestProfiles.known(Tier.LEGEND);
        String other = TestProfiles.known().id().toString();
        String clan = ClanSteps.clanOf(TestProfiles.known(Tier.LEGEND)).toString();
        found = Map.of("profileId", other, "clanId", clan, "id", clan);
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
