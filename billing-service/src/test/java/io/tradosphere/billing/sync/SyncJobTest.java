package io.tradosphere.billing.sync;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fetches of what has changed at Stripe. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class SyncJobTest {

    @Test
    void an_object_that_stripe_is_slow_with_does_not_hold_up_those_that_change_later() {
        // Given
        begin(Duration.ofDays(1));
        Sql.asSuperuser().execute("DELETE FROM stripe_objects WHERE id LIKE 'acct_of_this_test_%'");
        control(Map.of("path", "/v1/accounts/acct_of_this_test_slow", "times", 0, "hold", true))
                .post("/_fake/faults")
                .then()
                .statusCode(200);
        change("slow");
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT count(*) FROM stripe_objects WHERE claim IS NOT NULL"
                                        + " AND id = 'acct_of_this_test_slow'")
                        == 1);

        // When
        change("one");
        change("two");

        // Then
        await().atMost(SOON).until(() -> fetched("one") + fetched("two") == 2);
        assertThat(fetched("slow")).isZero();
        control(Map.of()).delete("/_fake/faults").then().statusCode(200);
        await().atMost(SOON).until(() -> fetched("slow") == 1);
    }

    private static void change(String name) {
        Sql.asSuperuser()
                .execute("INSERT INTO stripe_objects (id, type) VALUES (?, 'account')", "acct_of_this_test_" + name);
    }

    private static long fetched(String name) {
        return Sql.asSuperuser().number("SELECT fetched FROM stripe_objects WHERE id = ?", "acct_of_this_test_" + name);
    }
}
