import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tradosphere.client.ApiClient;
import io.tradosphere.client.ApiException;
import io.tradosphere.client.api.AdministrationApi;
import io.tradosphere.client.api.EngagementApi;
import io.tradosphere.client.api.FeedApi;
import io.tradosphere.client.api.FollowsApi;
import io.tradosphere.client.api.ProfilesApi;
import io.tradosphere.client.api.SignalsApi;
import io.tradosphere.client.model.AssetType;
import io.tradosphere.client.model.Direction;
import io.tradosphere.client.model.EditableProfile;
import io.tradosphere.client.model.NewProfile;
import io.tradosphere.client.model.NewReaction;
import io.tradosphere.client.model.NewSignal;
import io.tradosphere.client.model.Profile;
import io.tradosphere.client.model.Reaction;
import io.tradosphere.client.model.ShownSignal;
import io.tradosphere.client.model.Signal;
import io.tradosphere.client.model.Tier;
import io.tradosphere.client.model.TierChange;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The README's story with the generated client. ClientStoryTest compiles it beside the client and runs it. */
public final class Story {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Story() {}

    /**
     * Tells the story.
     *
     * @param settings GATEWAY_URL; ADMIN, ALICE and BOB with a token each; ALICE_ID; SYMBOL, an asset without a price
     * @param priceRises makes the asset's price 70250
     */
    public static void tell(Map<String, String> settings, Runnable priceRises) throws ApiException {
        String gateway = settings.get("GATEWAY_URL");
        ApiClient alice = client(gateway, settings.get("ALICE"));
        ApiClient bob = client(gateway, settings.get("BOB"));
        UUID aliceId = UUID.fromString(settings.get("ALICE_ID"));
        String symbol = settings.get("SYMBOL");
        ProfilesApi anyonesProfiles = new ProfilesApi(client(gateway, null));
        ProfilesApi alicesProfiles = new ProfilesApi(alice);
        SignalsApi alicesSignals = new SignalsApi(alice);
        ProfilesApi bobsProfiles = new ProfilesApi(bob);
        FollowsApi bobsFollows = new FollowsApi(bob);
        EngagementApi bobsEngagement = new EngagementApi(bob);
        FeedApi bobsFeed = new FeedApi(bob);
        String name = "j" + aliceId.toString().replace("-", "").substring(0, 20);

        // sign-up
        NewProfile wanted = new NewProfile().username(name).displayName("Alice").bio("Trades");
        Profile made = alicesProfiles.createProfile(wanted, null);
        assertThat(made.getUsername()).isEqualTo(name);
        bobsProfiles.createProfile(new NewProfile().username("b" + name.substring(1)), null);
        ApiException again =
                catchThrowableOfType(ApiException.class, () -> alicesProfiles.createProfile(wanted, null));
        assertThat(again.getCode()).isEqualTo(409);

        // profile: null clears a field, what is absent stays
        Profile cleared = alicesProfiles.editOwnProfile(new EditableProfile().bio(null), null);
        assertThat(cleared.getBio()).isNull();
        assertThat(cleared.getDisplayName()).isEqualTo("Alice");

        // follow
        bobsFollows.follow(aliceId);
        await().atMost(TIMEOUT)
                .until(() -> anyonesProfiles.getProfile(name, null).getStats().getFollowerCount() == 1);

        // signal
        new AdministrationApi(client(gateway, settings.get("ADMIN"))).setTier(aliceId, new TierChange().tier(Tier.GROW));
        ShownSignal posted = alicesSignals.postSignal(
                new NewSignal()
                        .assetSymbol(symbol)
                        .assetType(AssetType.CRYPTO)
                        .direction(Direction.LONG)
                        .entryPrice("64000")
                        .targetPrice("70000.5")
                        .stopLoss("61500")
                        .rationale("Higher lows on the daily"),
                UUID.randomUUID().toString());
        assertThat(posted.getTargetPrice()).isEqualTo("70000.5");

        // feed and reaction
        await().atMost(TIMEOUT)
                .until(() -> bobsFeed.getFeed(null, 5, null).getItems().stream()
                        .map(Signal::getId)
                        .anyMatch(posted.getId()::equals));
        bobsEngagement.reactToSignal(posted.getId(), new NewReaction().type(Reaction.FIRE));

        // the market resolves the signal
        priceRises.run();
        await().atMost(TIMEOUT)
                .until(() -> anyonesProfiles.getProfile(name, null).getStats().getHitSignals() == 1);

        // delete
        bobsEngagement.removeReaction(posted.getId());
        bobsFollows.unfollow(aliceId);
        ShownSignal withdrawn = alicesSignals.postSignal(
                new NewSignal()
                        .assetSymbol(symbol)
                        .assetType(AssetType.CRYPTO)
                        .direction(Direction.SHORT)
                        .rationale("A second thought"),
                null);
        alicesSignals.deleteSignal(withdrawn.getId(), null);
        bobsProfiles.eraseOwnProfile(null);
    }

    private static ApiClient client(String gateway, String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(gateway);
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }
}
