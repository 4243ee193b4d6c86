package io.tradosphere.billing.plan;

import com.stripe.param.ProductUpdateParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** A task at Stripe: archives the product of an erased creator, without the name. Stripe deletes no product that has prices. */
@ApplicationScoped
class ArchiveProduct implements StripeTaskHandler {

    private final Stripe stripe;

    ArchiveProduct(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String kind() {
        return "archive-product";
    }

    @Override
    public Uni<Void> run(String product, String nothing) {
        ProductUpdateParams archived = ProductUpdateParams.builder()
                .setActive(false)
                .setName("Subscription")
                .putMetadata("creator", "")
                .build();
        return stripe.call("products", api -> api.products().update(product, archived))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithNull();
    }
}
