package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.IdempotencyException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private Stripe stripe;

    @BeforeEach
    void start() {
        stripe = Stripe.start();
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void a_repeated_key_gets_the_first_answer_again() throws Exception {
        // Given
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("key-1").build();
        CustomerCreateParams params =
                CustomerCreateParams.builder().setEmail("a@example.com").build();

        // When
        Customer first = stripe.client.v1().customers().create(params, key);
        Customer second = stripe.client.v1().customers().create(params, key);

        // Then
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(stripe.client.v1().customers().list().getData()).hasSize(1);
        assertThatThrownBy(() -> stripe.client
                        .v1()
                        .customers()
                        .create(
                                CustomerCreateParams.builder()
                                        .setEmail("b@example.com")
                                        .build(),
                                key))
                .isInstanceOf(IdempotencyException.class)
                .hasMessageContaining("can only be used with the same parameters");
    }

    @Test
    void a_key_is_free_again_after_a_request_that_was_not_valid() throws Exception {
        // Given
        String[] headers = {"Authorization", "Bearer sk_test_a", "Idempotency-Key", "key-2"};

        // When
        HttpResponse<String> wrong = stripe.send("/v1/customers", "POST", FORM, "nonsense=1", headers);
        HttpResponse<String> right = stripe.send("/v1/customers", "POST", FORM, "email=a@example.com", headers);

        // Then
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(right.statusCode()).isEqualTo(200);
    }

    @Test
    void two_at_once_with_one_key_are_a_conflict_for_the_second() throws Exception {
        // Given a call that is held back
        stripe.control("POST", "/_fake/faults", "{\"method\":\"POST\",\"path\":\"/v1/customers\",\"delay_ms\":1500}");
        String[] headers = {"Authorization", "Bearer sk_test_a", "Idempotency-Key", "key-3"};
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> {
            try {
                return stripe.send("/v1/customers", "POST", FORM, "email=a@example.com", headers);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        // When the second comes meanwhile
        List<Integer> second = new ArrayList<>();
        Awaitility.await().until(() -> {
            HttpResponse<String> answer = stripe.send("/v1/customers", "POST", FORM, "email=a@example.com", headers);
            second.add(answer.statusCode());
            return first.isDone();
        });

        // Then
        assertThat(second).contains(409);
        assertThat(first.get().statusCode()).isIn(200, 409);
        assertThat(stripe.client.v1().customers().list().getData()).hasSize(1);
    }

    @Test
    void a_lost_answer_is_found_again_by_the_same_key() throws Exception {
        // Given
        stripe.control(
                "POST",
                "/_fake/faults",
                "{\"method\":\"POST\",\"path\":\"/v1/customers\",\"drop\":true,\"when\":\"after\"}");
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("key-4").build();
        assertThatThrownBy(() -> post("", "Idempotency-Key", "key-4")).isInstanceOf(IOException.class);

        // When
        Customer found = stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().build(), key);

        // Then
        assertThat(stripe.client.v1().customers().list().getData())
                .extracting(Customer::getId)
                .containsExactly(found.getId());
    }

    /** A POST of a client that doesn't repeat by itself what was not answered, as the JDK's older one does. */
    private HttpResponse<String> post(String form, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer sk_test_a"));
        all.addAll(List.of(headers));
        return stripe.send("/v1/customers", "POST", FORM, form, all.toArray(String[]::new));
    }
}
