package io.tradosphere.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.model.Subscription;
import com.stripe.net.ApiResource;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {

    private static final Duration GRACE = Duration.ofDays(14);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant PERIOD_END = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant NEXT_ATTEMPT = Instant.parse("2026-03-04T00:00:00Z");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "active, ACTIVE",
        "trialing, ACTIVE",
        "past_due, PAST_DUE",
        "unpaid, UNPAID",
        "paused, UNPAID",
        "canceled, CANCELLED",
    })
    void each_status_of_stripes_is_one_of_the_four(String stripeStatus, SubscriptionStatus status) {
        assertThat(standing(stripeStatus, "").status()).isEqualTo(status);
        assertThat(standing(stripeStatus, "").stripeStatus()).isEqualTo(stripeStatus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"incomplete", "incomplete_expired"})
    void a_subscription_whose_first_payment_is_missing_never_began(String stripeStatus) {
        assertThat(Standing.of(subscription(stripeStatus, ""), GRACE)).isEmpty();
    }

    @Test
    void an_unknown_status_is_for_an_operator() {
        assertThatThrownBy(() -> standing("dormant", ""))
                .isInstanceOf(CannotApply.class)
                .hasMessageContaining("dormant");
    }

    @Test
    void access_outlasts_a_paid_period_by_the_grace_because_the_renewal_may_be_told_late() {
        assertThat(standing("active", "").accessUntil()).isEqualTo(PERIOD_END.plus(GRACE));
    }

    @Test
    void access_ends_with_the_period_when_the_subscription_does() {
        Standing ending = standing("active", "\"cancel_at_period_end\": true,");

        assertThat(ending.accessUntil()).isEqualTo(PERIOD_END);
        assertThat(ending.cancelAtPeriodEnd()).isTrue();
    }

    @Test
    void access_ends_at_the_time_for_which_the_end_was_set() {
        Instant end = START.plus(Duration.ofDays(3));

        assertThat(standing("active", "\"cancel_at\": " + end.getEpochSecond() + ",")
                        .accessUntil())
                .isEqualTo(end);
    }

    @Test
    void after_a_failed_payment_access_lasts_through_the_grace_while_stripe_tries_again() {
        assertThat(standing("past_due", latestInvoice(NEXT_ATTEMPT)).accessUntil())
                .isEqualTo(START.plus(GRACE));
    }

    @Test
    void the_grace_ends_when_stripe_tries_no_more() {
        assertThat(standing("past_due", latestInvoice(null)).accessUntil()).isEqualTo(START);
    }

    @Test
    void nobody_has_access_who_is_unpaid() {
        assertThat(standing("unpaid", "").accessUntil()).isEqualTo(START);
    }

    @Test
    void access_ends_when_the_subscription_has_ended() {
        Instant end = START.plus(Duration.ofDays(9));
        Standing ended =
                standing("canceled", "\"ended_at\": %1$d, \"canceled_at\": %1$d,".formatted(end.getEpochSecond()));

        assertThat(ended.accessUntil()).isEqualTo(end);
        assertThat(ended.endedAt()).isEqualTo(end);
        assertThat(ended.isLive()).isFalse();
    }

    @Test
    void the_period_and_the_price_are_those_of_the_item() {
        Standing active = standing("active", "");

        assertThat(active.periodStart()).isEqualTo(START);
        assertThat(active.periodEnd()).isEqualTo(PERIOD_END);
        assertThat(active.price()).hasToString("1.250");
        assertThat(active.price().currency().code()).isEqualTo("KWD");
    }

    private static Standing standing(String status, String fields) {
        return Standing.of(subscription(status, fields), GRACE).orElseThrow();
    }

    private static String latestInvoice(Instant nextAttempt) {
        return "\"latest_invoice\": {\"id\": \"in_1\", \"object\": \"invoice\", \"next_payment_attempt\": "
                + (nextAttempt == null ? "null" : nextAttempt.getEpochSecond()) + "},";
    }

    private static Subscription subscription(String status, String fields) {
        return ApiResource.GSON.fromJson(
                """
                {"id": "sub_1", "object": "subscription", %s "status": "%s", "created": %d, "start_date": %d,
                 "customer": "cus_1",
                 "items": {"object": "list", "data": [{"id": "si_1", "object": "subscription_item",
                   "current_period_start": %d, "current_period_end": %d,
                   "price": {"id": "price_1", "object": "price", "unit_amount": 1250, "currency": "kwd"}}]}}
                """.formatted(
                                fields,
                                status,
                                START.getEpochSecond(),
                                START.getEpochSecond(),
                                START.getEpochSecond(),
                                PERIOD_END.getEpochSecond()),
                Subscription.class);
    }
}
