package io.tradosphere.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void the_service_is_up_and_knows_whom_it_was_told_of() {
        Person alice = Acquaintance.of(Tier.GROW);

        assertThat(ForgettingSteps.isUp()).isTrue();
        assertThat(Acquaintance.incarnation(alice)).isPositive();
    }

    @Test
    void whoever_is_erased_is_in_no_table_and_what_they_paid_stays_in_the_books() {
        Person alice = Acquaintance.of(Tier.LEGEND);
        Person bob = Acquaintance.of(Tier.LEGEND);
        UUID bought = UUID.randomUUID();
        UUID sold = UUID.randomUUID();
        UUID ended = UUID.randomUUID();
        UUID pool = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (id, subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly, stripe_customer_id)
                VALUES ($bought, $alice, $bob, $life, 1, 'active', 10, 'cus_' || $bought),
                  ($sold, $bob, $alice, 1, $life, 'past_due', 10, 'cus_' || $sold);
                INSERT INTO checkouts (subscription_id, subscriber_id, creator_id)
                VALUES ($bought, $alice, $bob), ($sold, $bob, $alice);
                INSERT INTO plans (creator_id, price_monthly) VALUES ($alice, 10), ($bob, 10);
                INSERT INTO stripe_identities (profile_id, stripe_customer_id) VALUES ($alice, 'cus_' || $bought);
                INSERT INTO tier_subscriptions (id, profile_id, incarnation, tier, price_monthly)
                VALUES ($ended, $alice, $life, 'grow', 5);
                INSERT INTO legends_pool (id, month, total_pool) VALUES ($pool, '1999-01-01', 100);
                INSERT INTO legends_pool_shares (pool_id, profile_id, incarnation, amount)
                VALUES ($pool, $alice, $life, 60), ($pool, $bob, 1, 40);
                UPDATE legends_pool SET distributed_at = now() WHERE id = $pool;
                INSERT INTO legend_spans (profile_id, since, incarnation, sequence) VALUES ($alice, now(), $life, 1);
                INSERT INTO prizes_owed (competition_id, profile_id, incarnation, amount) VALUES ($pool, $alice, $life, 7);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "life",
                                Acquaintance.incarnation(alice),
                                "bought",
                                bought,
                                "sold",
                                sold,
                                "ended",
                                ended,
                                "pool",
                                pool));

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT concat_ws(' ', status, subscriber_id, creator_id, stripe_customer_id) FROM subscriptions WHERE id = ?",
                                bought))
                .containsExactly("cancelled " + bob.id());
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT concat_ws(' ', status, subscriber_id, creator_id) FROM subscriptions WHERE id = ?",
                                sold))
                .containsExactly("cancelled " + bob.id());
        assertThat(Sql.asSuperuser().number("SELECT sum(amount) FROM legends_pool_shares WHERE pool_id = ?", pool))
                .isEqualTo(100);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM prizes_owed WHERE competition_id = ?", pool))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().column("SELECT status FROM tier_subscriptions WHERE id = ?", ended))
                .containsExactly("cancelled");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM plans WHERE creator_id = ?", bob.id()))
                .isEqualTo(1);
    }

    @Test
    void the_end_of_a_subscription_is_told_and_its_key_ends() {
        Person alice = Acquaintance.of(Tier.FREE);
        Person bob = Acquaintance.of(Tier.GROW);
        UUID live = UUID.randomUUID();
        UUID over = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (id, subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly)
                VALUES ($live, $alice, $bob, $life, 1, 'active', 10), ($over, $bob, $alice, 1, $life, 'cancelled', 10);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "life",
                                Acquaintance.incarnation(alice),
                                "live",
                                live,
                                "over",
                                over));

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        await().atMost(SOON).until(() -> ForgettingSteps.isEnded(Topic.SUBSCRIPTIONS, live));
        await().atMost(SOON).until(() -> ForgettingSteps.isEnded(Topic.SUBSCRIPTIONS, over));
        List<SubscriptionCancelled> told = ForgettingSteps.told(Topic.SUBSCRIPTIONS, live, SubscriptionCancelled.class);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).sign()).isEqualTo(-1);
        assertThat(told.get(0).subscription().previousStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(ForgettingSteps.told(Topic.SUBSCRIPTIONS, over, SubscriptionCancelled.class))
                .isEmpty();
        awaitForgotten(alice);
    }

    @Test
    void who_has_come_back_keeps_what_the_present_life_has_made() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person alice = Acquaintance.of(UUID.randomUUID(), Tier.GROW, born);
        Person bob = Acquaintance.of(Tier.GROW);
        Person carol = Acquaintance.of(Tier.GROW);
        long before = Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly)
                VALUES ($alice, $bob, $before, 1, 'active', 10), ($alice, $carol, $life, 1, 'active', 10);
                INSERT INTO plans (creator_id, price_monthly) VALUES ($alice, 10);
                INSERT INTO checkouts (subscription_id, subscriber_id, creator_id, created_at)
                VALUES (gen_random_uuid(), $alice, $bob, now() - interval '5 days'), (gen_random_uuid(), $alice, $carol, now());
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "carol",
                                carol,
                                "life",
                                Acquaintance.incarnation(alice),
                                "before",
                                before));

        Acquaintance.erase(alice, before);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column("SELECT creator_id FROM subscriptions WHERE subscriber_id = ?", alice.id()))
                        .containsExactly(carol.id()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column("SELECT creator_id FROM checkouts WHERE subscriber_id = ?", alice.id()))
                        .containsExactly(carol.id()));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM plans WHERE creator_id = ?", alice.id()))
                .isEqualTo(1);
        assertThat(Acquaintance.incarnation(alice)).isEqualTo(Acquaintance.incarnation(born));
    }

    private static void awaitForgotten(Person person) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(person)).isEmpty());
    }
}
