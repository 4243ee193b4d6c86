package io.tradosphere.billing.life;

import static io.tradosphere.billing.StripeSteps.BAD_CARD;
import static io.tradosphere.billing.StripeSteps.GOOD_CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.billing.Http;
import io.tradosphere.billing.Http.Reply;
import io.tradosphere.billing.StripeSteps;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What one person buys, drawn from a seed: what they do by the API and on Stripe's pages, what their card and their bank do,
 * and what somebody does in Stripe's dashboard. The API may say no (4xx), since it knows Stripe's news late.
 */
abstract class Life {

    private final TestUser person;
    private final Random random;
    private final List<String> story = new ArrayList<>();
    private String customer;

    Life(TestUser person, long seed) {
        this.person = person;
        this.random = new Random(seed);
    }

    final TestUser person() {
        return person;
    }

    final Random random() {
        return random;
    }

    /** Does something. The first act buys. */
    final void act() {
        if (hasBegun()) {
            List<Runnable> acts = acts();
            acts.get(random.nextInt(acts.size())).run();
        } else {
            buy();
        }
    }

    /** The key of its events. */
    abstract String key();

    /** Fails unless the service shows and has told what follows from Stripe's state. */
    abstract void hasEndedAsAtStripe(Told told);

    /** The person's customer at Stripe. */
    final String customer() {
        if (customer == null) {
            customer = StripeSteps.customer(person);
        }
        return customer;
    }

    /** Whether the first checkout was begun. */
    abstract boolean hasBegun();

    /** The response to a request that begins a checkout. */
    abstract Reply checkout();

    /** What the person may do; the more often it is listed, the likelier it is. */
    abstract List<Runnable> acts();

    /** What happened so far, for the message of a failure. */
    @Override
    public String toString() {
        return "the life of " + person.id() + ": " + String.join(", ", story);
    }

    /** Returns the response to the checkout, which is paid if there is one. */
    final Reply buy() {
        Reply checkout = answered("checkout", checkout());
        if (checkout.status() == 201) {
            pay(checkout);
        }
        return checkout;
    }

    /** Both are paid, unless the API knows already that there is a subscription. */
    final void buyInTwoTabs() {
        List<Reply> tabs =
                List.of(answered("checkout in a tab", checkout()), answered("checkout in another tab", checkout()));
        tabs.stream().filter(tab -> tab.status() == 201).forEach(Life::pay);
    }

    final void leaveTheCheckout() {
        Reply checkout = answered("checkout that is left", checkout());
        if (checkout.status() == 201) {
            Http.submit(checkout.text("checkoutUrl") + "/abandon", Map.of()).require(303);
        }
    }

    final void cardFails() {
        story.add("the card fails");
        use(BAD_CARD);
    }

    final void cardPays() {
        story.add("the card pays");
        use(GOOD_CARD);
    }

    final void payWhatIsOpen() {
        ids("/v1/invoices?limit=100&status=open&customer=" + customer())
                .forEach(invoice ->
                        answered("pay " + invoice, Http.stripe("POST", "/v1/invoices/" + invoice + "/pay", Map.of())));
    }

    final void endAtStripe() {
        live().forEach(live -> answered("end " + live, Http.stripe("DELETE", "/v1/subscriptions/" + live, Map.of())));
    }

    final void endAtStripesPeriodEnd() {
        live().forEach(live -> answered(
                "end " + live + " at the period's end",
                Http.stripe("POST", "/v1/subscriptions/" + live, Map.of("cancel_at_period_end", true))));
    }

    final void nothing() {
        story.add("nothing");
    }

    /** Takes note of a response, which says that something was done or why it was not. */
    final Reply answered(String what, Reply response) {
        story.add(what + " " + response.status());
        assertThat(response.status()).as(story.toString()).isLessThan(500);
        return response;
    }

    /** The ids in a list of Stripe's. */
    static List<String> ids(String path) {
        return Http.stripe(path).data().stream()
                .map(object -> object.path("id").asText())
                .toList();
    }

    private List<String> live() {
        return ids("/v1/subscriptions?limit=100&customer=" + customer());
    }

    /** Every card of theirs behaves like this test card from now on. */
    private void use(String card) {
        ids("/v1/customers/" + customer() + "/payment_methods")
                .forEach(method -> Http.control("/_fake/payment_methods/" + method, Map.of("card", card))
                        .require(200));
    }

    private static void pay(Reply checkout) {
        StripeSteps.pay(checkout.text("checkoutUrl"));
    }
}
