package io.tradosphere.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StripeErrorsTest {

    static Stream<StripeException> whatPasses() {
        return Stream.of(
                new ApiConnectionException("connection reset"),
                new RateLimitException("slow down", null, null, "rate_limit", 429, null),
                new ApiException("try again", null, "lock_timeout", 409, null),
                new ApiException("broken", null, null, 500, null),
                new ApiException("away", null, null, 503, null),
                new AuthenticationException("expired key", null, null, 401),
                new PermissionException("restricted key", null, null, 403));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void what_may_succeed_later_is_repeated(StripeException failure) {
        assertThat(StripeErrors.of(failure)).isInstanceOf(StripeUnavailable.class);
    }

    @Test
    void what_stripe_refuses_is_not_repeated() {
        RuntimeException refused = StripeErrors.of(
                new InvalidRequestException("too small", "amount", null, "amount_too_small", 400, null));

        assertThat(refused).isInstanceOfSatisfying(StripeRefused.class, it -> {
            assertThat(it.code()).isEqualTo("amount_too_small");
            assertThat(it.isMissing()).isFalse();
        });
    }

    @Test
    void a_key_that_was_used_for_another_call_is_a_refusal() {
        assertThat(StripeErrors.of(new IdempotencyException("other parameters", null, null, 400)))
                .isInstanceOf(StripeRefused.class);
    }

    @Test
    void an_object_that_stripe_does_not_have_is_missing() {
        RuntimeException refused = StripeErrors.of(
                new InvalidRequestException("No such subscription", "id", null, "resource_missing", 404, null));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        StripeRefused.class, it -> assertThat(it.isMissing()).isTrue());
    }

    @Test
    void an_account_that_is_deleted_or_not_connected_is_missing() {
        RuntimeException refused =
                StripeErrors.of(new PermissionException("does not have access", null, "account_invalid", 403));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        StripeRefused.class, it -> assertThat(it.isMissing()).isTrue());
    }
}
