package io.tradosphere.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void the_service_starts_and_its_replica_holds_published_profiles() {
        TestUser alice = KnownProfiles.of(Tier.GROW);

        assertThat(ErasureSteps.isUp()).isTrue();
        assertThat(KnownProfiles.incarnation(alice)).isPositive();
    }

    @Test
    void an_erased_person_is_in_no_table_and_their_payments_stay_in_the_ledger() {
        TestUser alice = KnownProfiles.of(Tier.LEGEND);
        TestUser bob = KnownProfiles.of(Tier.LEGEND);
        UUID bought = UUID.randomUUID();
        UUID sold = UUID.randomUUID();
        UUID ended = UUID.randomUUID();
        UUID pool = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (id, subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly, stripe_customer_id)
                VALUES ($bought, $alice, $bob, $incarnation, 1, 'active', 10, 'cus_' || $bought),
                  ($sold, $bob, $alice, 1, $incarnation, 'past_due', 10, 'cus_' || $sold);
                INSERT INTO checkouts (id, subscription_id, subscriber_id, creator_id, stripe_session_id)
                VALUES ($bought, $bought, $alice, $bob, 'cs_' || $bought), ($sold, $sold, $bob, $alice, 'cs_' || $sold);
                INSERT INTO plans (creator_id, price_monthly, stripe_product_id, stripe_price_id)
                VALUES ($alice, 10, 'prod_' || $sold, 'price_1'), ($bob, 10, 'prod_' || $bought, 'price_2');
                INSERT INTO stripe_customers (profile_id, stripe_customer_id) VALUES ($alice, 'cus_' || $bought);
                INSERT INTO payout_accounts (profile_id, stripe_account_id) VALUES ($alice, 'acct_' || $sold);
                INSERT INTO tier_subscriptions (id, profile_id, incarnation, tier, price_monthly)
                VALUES ($ended, $alice, $incarnation, 'grow', 5);
                INSERT INTO legends_pool (id, month, total_pool) VALUES ($pool, '1999-01-01', 100);
                INSERT INTO legends_pool_shares (pool_id, profile_id, incarnation, amount)
                VALUES ($pool, $alice, $incarnation, 60), ($pool, $bob, 1, 40);
                UPDATE legends_pool SET distributed_at = now() WHERE id = $pool;
                INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, status)
                VALUES ('prize', $pool, $bought, $alice, $incarnation, 7, 'unfunded');
                INSERT INTO prize_candidates (participant_id, competition_id, profile_id, incarnation)
                VALUES ($bought, $pool, $alice, $incarnation);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "incarnation",
                                KnownProfiles.incarnation(alice),
                                "bought",
                                bought,
                                "sold",
                                sold,
                                "ended",
                                ended,
                                "pool",
                                pool));

        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM legend_spans WHERE profile_id = ?", alice.id())
                                == 1);

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
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
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM payouts WHERE source_id = ?", pool))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().column("SELECT status FROM tier_subscriptions WHERE id = ?", ended))
                .containsExactly("cancelled");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM plans WHERE creator_id = ?", bob.id()))
                .isEqualTo(1);
    }

    @Test
    void the_end_of_a_subscription_is_published_and_its_key_is_tombstoned() {
        TestUser alice = KnownProfiles.of(Tier.FREE);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        UUID live = UUID.randomUUID();
        UUID over = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (id, subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly)
                VALUES ($live, $alice, $bob, $incarnation, 1, 'active', 10), ($over, $bob, $alice, 1, $incarnation, 'cancelled', 10);
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "incarnation",
                                KnownProfiles.incarnation(alice),
                                "live",
                                live,
                                "over",
                                over));

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        await().atMost(SOON).until(() -> ErasureSteps.isEnded(Topic.SUBSCRIPTIONS, live));
        await().atMost(SOON).until(() -> ErasureSteps.isEnded(Topic.SUBSCRIPTIONS, over));
        List<SubscriptionCancelled> cancelled =
                ErasureSteps.told(Topic.SUBSCRIPTIONS, live, SubscriptionCancelled.class);
        assertThat(cancelled).hasSize(1);
        assertThat(cancelled.get(0).sign()).isEqualTo(-1);
        assertThat(cancelled.get(0).subscription().previousStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(ErasureSteps.told(Topic.SUBSCRIPTIONS, over, SubscriptionCancelled.class))
                .isEmpty();
        awaitErased(alice);
    }

    @Test
    void a_person_who_returns_keeps_the_data_of_the_present_incarnation() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser alice = KnownProfiles.of(UUID.randomUUID(), Tier.GROW, born);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        TestUser carol = KnownProfiles.of(Tier.GROW);
        long before = KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO subscriptions (subscriber_id, creator_id, subscriber_incarnation, creator_incarnation, status,
                  price_monthly)
                VALUES ($alice, $bob, $before, 1, 'active', 10), ($alice, $carol, $incarnation, 1, 'active', 10);
                INSERT INTO plans (creator_id, price_monthly, stripe_product_id, stripe_price_id)
                VALUES ($alice, 10, 'prod_1', 'price_1');
                INSERT INTO checkouts (id, subscription_id, subscriber_id, creator_id, created_at)
                VALUES (gen_random_uuid(), gen_random_uuid(), $alice, $bob, now() - interval '5 days'),
                  (gen_random_uuid(), gen_random_uuid(), $alice, $carol, now());
                """,
                        Map.of(
                                "alice",
                                alice,
                                "bob",
                                bob,
                                "carol",
                                carol,
                                "incarnation",
                                KnownProfiles.incarnation(alice),
                                "before",
                                before));

        KnownProfiles.erase(alice, before);

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
        assertThat(KnownProfiles.incarnation(alice)).isEqualTo(KnownProfiles.incarnation(born));
    }

    private static void awaitErased(TestUser person) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(person)).isEmpty());
    }
}
