package io.tradosphere.streaming;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.streaming.webhook.NoticeSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.util.Map;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class ApiDescriptionTest extends ApiContract {

    @Override
    protected TestUser somebody() {
        return KnownProfiles.of(Tier.LEGEND);
    }

    @Override
    protected Map<String, String> headers(String operationId, byte[] body) {
        return operationId.equals("receiveAgoraNotice")
                ? Map.of("Agora-Signature-V2", NoticeSteps.signature(body, AgoraFake.NOTIFICATION_SECRET))
                : Map.of();
    }
}
