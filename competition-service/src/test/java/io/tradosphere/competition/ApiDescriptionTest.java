package io.tradosphere.competition;

import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ApiDescriptionTest extends ApiContract {

    private TestUser caller;
    private Map<String, String> found;

    @BeforeEach
    void the_caller_has_a_competition_with_a_participant() {
        caller = KnownProfiles.of(Tier.LEGEND);
        TestUser participant = trader();
        UUID competition = created(caller, cup());
        join(participant, competition).then().statusCode(201);
        found = Map.of(
                "competitionId",
                competition.toString(),
                "profileId",
                participant.id().toString());
    }

    @Test
    void a_body_that_may_be_absent_is_described_as_optional_and_no_other() {
        String participants = "paths.'/v1/competitions/{competitionId}/participants";

        TestUser.nobody()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .body(participants + "'.post.requestBody.required", not(equalTo(true)))
                .body(participants + "/{profileId}/disqualify'.post.requestBody.required", equalTo(true));
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
