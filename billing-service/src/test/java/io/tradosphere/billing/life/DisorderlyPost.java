package io.tradosphere.billing.life;

import static io.tradosphere.billing.StripeSteps.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.billing.EventFeed;
import io.tradosphere.billing.Http;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.StripeSteps;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Webhooks on their way: overtaken, repeated, lost and forged, as a seed says. */
final class DisorderlyPost {

    private static final double DOUBLED = 0.2;
    private static final double FORGED = 0.1;
    private static final String MARK_OF_A_FORGERY = "_forged";
    private static final Set<String> TYPES = Set.of(
            "checkout.session.completed",
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "invoice.paid",
            "invoice.payment_failed",
            "invoice.voided",
            "refund.created",
            "refund.updated",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.closed",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated");

    private final EventFeed feed = new EventFeed(TYPES);
    private final String endpoint;
    private final double lost;
    private final Random random;
    private List<Message> underWay = new ArrayList<>();

    /** A request to the receiver, and the status that it has to answer with. */
    private record Message(String payload, String secret, Duration age, int expected) {

        void send() {
            assertThat(Http.webhook(payload, StripeSteps.signature(payload, secret, age))
                            .status())
                    .as(payload)
                    .isEqualTo(expected);
        }
    }

    /**
     * @param endpoint the fake's id of the receiver
     * @param lost the share of webhooks that never come
     */
    DisorderlyPost(String endpoint, double lost, Random random) {
        this.endpoint = endpoint;
        this.lost = lost;
        this.random = random;
    }

    /** Takes what Stripe has to say, and delivers about half of what is under way. */
    void deliverSome() {
        collect();
        int some = random.nextInt(underWay.size() + 1);
        inParallel(underWay.subList(0, some), Message::send);
        underWay = new ArrayList<>(underWay.subList(some, underWay.size()));
    }

    /** Takes what Stripe has to say, and delivers all. */
    void deliverAll() {
        collect();
        inParallel(underWay, Message::send);
        underWay.clear();
    }

    /** Whether an event was stored that Stripe did not send. */
    static boolean wasAnyForgeryTaken() {
        return Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM stripe_events WHERE right(id, ?) = ?",
                                MARK_OF_A_FORGERY.length(),
                                MARK_OF_A_FORGERY)
                > 0;
    }

    /**
     * Takes what Stripe has to say.
     *
     * @return whether it had news
     */
    boolean collect() {
        List<JsonNode> fresh = feed.fresh();
        for (JsonNode event : fresh) {
            String id = event.path("id").asText();
            String payload = StripeResource.fake().signed(id, endpoint).payload();
            if (random.nextDouble() >= lost) {
                int times = random.nextDouble() < DOUBLED ? 2 : 1;
                underWay.addAll(Collections.nCopies(
                        times, new Message(payload, StripeResource.WEBHOOK_SECRET, Duration.ZERO, 204)));
            }
            if (random.nextDouble() < FORGED) {
                underWay.add(forgery(payload.replace(id, id + MARK_OF_A_FORGERY)));
            }
        }
        Collections.shuffle(underWay, random);
        return !fresh.isEmpty();
    }

    /** Signed by a stranger, or taken from a log of long ago. */
    private Message forgery(String payload) {
        return random.nextBoolean()
                ? new Message(payload, "whsec_of_a_stranger_0123456789", Duration.ZERO, 400)
                : new Message(payload, StripeResource.WEBHOOK_SECRET, Duration.ofDays(1), 400);
    }
}
