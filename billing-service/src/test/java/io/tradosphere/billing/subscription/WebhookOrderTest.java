package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.subscription.OrderedLives.WEBHOOKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Many subscriptions live through the same months at Stripe. Each gets the first eight webhooks of its life in an order of
 * its own. Meanwhile Stripe's state moves on and some fetches are held back.
 */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class WebhookOrderTest {

    private static final Logger LOG = Logger.getLogger(WebhookOrderTest.class);

    /** The full test delivers in all orders. */
    private static final int ORDERS =
            Integer.getInteger("tradosphere.billing.orders", Boolean.getBoolean("tradosphere.full") ? 40_320 : 500);

    /** So many subscriptions live side by side that their beginning, which takes longer than an order, is shared by many. */
    private static final int AT_ONCE = Integer.getInteger("tradosphere.billing.orders.at-once", 400);

    @Test
    void whatever_the_order_of_its_first_webhooks_a_subscription_ends_in_stripes_state() {
        List<List<Integer>> orders =
                ORDERS >= 40_320 ? WebhookOrders.all(WEBHOOKS) : WebhookOrders.some(WEBHOOKS, ORDERS);
        OrderedLives lives = new OrderedLives(AT_ONCE);
        int done = 0;
        while (done < orders.size()) {
            if (lives.next() == 0) {
                lives = new OrderedLives(AT_ONCE);
            }
            int upTo = Math.min(done + lives.next(), orders.size());
            lives.deliver(orders.subList(done, upTo));
            done = upTo;
            LOG.infof("%d of %d orders", done, ORDERS);
        }
        assertThat(done).isEqualTo(ORDERS);
    }
}
