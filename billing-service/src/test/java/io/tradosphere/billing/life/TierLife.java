package io.tradosphere.billing.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.billing.Http;
import io.tradosphere.billing.Http.Reply;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;

/** The life of a person who buys tiers of the platform. Meanwhile an admin grants and takes some. */
final class TierLife extends Life {

    private static final List<String> FOR_SALE = List.of("grow", "elite", "gladiator");

    private Tier granted = Tier.FREE;
    private boolean hasBegun;

    TierLife(TestUser buyer, long seed) {
        super(buyer, seed);
    }

    /** The tier that the profile was told to have last, whatever is bought. */
    Tier granted() {
        return granted;
    }

    @Override
    String key() {
        return person().id().toString();
    }

    @Override
    void hasEndedAsAtStripe(Told told) {
        assertThat(TierEnd.shown(this, told.tier(key()))).as(toString()).isEqualTo(TierEnd.atStripe(this));
    }

    @Override
    boolean hasBegun() {
        return hasBegun;
    }

    @Override
    Reply checkout() {
        Reply checkout = Http.api(
                person(),
                "POST",
                "/v1/tiers/checkout",
                Map.of(
                        "tier", anyTier(),
                        "successUrl", "http://localhost:3000/paid",
                        "cancelUrl", "http://localhost:3000/"));
        hasBegun |= checkout.status() == 201;
        return checkout;
    }

    @Override
    List<Runnable> acts() {
        return List.of(
                this::buy,
                this::buy,
                this::buyInTwoTabs,
                this::leaveTheCheckout,
                this::change,
                this::change,
                this::change,
                this::change,
                this::change,
                this::cardFails,
                this::cardFails,
                this::cardPays,
                this::cardPays,
                this::payWhatIsOpen,
                this::end,
                this::endAtStripe,
                this::endAtStripesPeriodEnd,
                this::grant,
                this::nothing,
                this::nothing);
    }

    private void change() {
        String tier = anyTier();
        answered("change to " + tier, Http.api(person(), "PUT", "/v1/tiers/me", Map.of("tier", tier)));
    }

    private void end() {
        answered("end", Http.api(person(), "DELETE", "/v1/tiers/me"));
    }

    private void grant() {
        granted = Tier.values()[random().nextInt(Tier.values().length)];
        KnownProfiles.change(person(), granted);
        answered("granted " + granted, Http.api(person(), "GET", "/v1/tiers/me"));
    }

    private String anyTier() {
        return FOR_SALE.get(random().nextInt(FOR_SALE.size()));
    }
}
