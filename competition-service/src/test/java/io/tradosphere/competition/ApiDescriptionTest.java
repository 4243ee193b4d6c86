package io.tradosphere.competition;

import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.trader;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.api.ApiContract;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ApiDescriptionTest extends ApiContract {

    private Person caller;
    private Map<String, String> found;

    @BeforeEach
    void there_is_a_competition_of_the_callers_with_a_participant() {
        caller = Acquaintance.of(Tier.LEGEND);
        Person participant = trader();
        UUID competition = announced(caller, cup());
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

        Person.nobody()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .body(participants + "'.post.requestBody.required", not(equalTo(true)))
                .body(participants + "/{profileId}/disqualify'.post.requestBody.required", equalTo(true));
    }

    @Override
    protected Person somebody() {
        return caller;
    }

    @Override
    protected Map<String, String> found() {
        return found;
    }
}
