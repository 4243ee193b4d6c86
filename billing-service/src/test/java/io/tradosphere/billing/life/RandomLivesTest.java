package io.tradosphere.billing.life;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.delaySomeFetches;
import static io.tradosphere.billing.StripeSteps.inParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Random lives of subscriptions and of bought tiers, some at once, through random months at Stripe. Their webhooks are overtaken, repeated, lost
 * and forged. Each life ends in Stripe's state.
 */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class RandomLivesTest {

    private static final Logger LOG = Logger.getLogger(RandomLivesTest.class);

    /** The full test has 2,000 lives. */
    private static final int LIVES =
            Integer.getInteger("tradosphere.billing.lives", Boolean.getBoolean("tradosphere.full") ? 2_000 : 30);

    /** The seed of the first lives; the next have the next one. */
    private static final long SEED = Long.getLong("tradosphere.billing.seed", 14);

    private static final int AT_ONCE = 50;

    /** For so many lives with a creator there is one more with tiers. */
    private static final int WITH_A_CREATOR = 3;

    private static final int TURNS = 12;

    /** Two are within the 30 days that Stripe's list of events goes back. */
    private static final List<Integer> DAYS = List.of(1, 4, 9, 15, 15);

    @Inject
    @Any
    Instance<ScheduledJob> jobs;

    private final StripeFake fake = StripeResource.fake();

    @Test
    void whatever_happens_to_its_webhooks_a_life_ends_in_stripes_state() {
        for (int done = 0; done < LIVES; done += AT_ONCE) {
            live(SEED + done / AT_ONCE, Math.min(AT_ONCE, LIVES - done), 0.1);
            LOG.infof("%d of %d lives", Math.min(done + AT_ONCE, LIVES), LIVES);
        }
    }

    @Test
    void when_every_webhook_is_lost_reconciliations_alone_bring_stripes_state_within_a_minute() {
        live(SEED, Math.min(LIVES, AT_ONCE / 5), 1);
    }

    private void live(long seed, int number, double lost) {
        try {
            end(run(number, lost, new Random(seed)));
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(
                    "Repeat it with -Dtradosphere.billing.seed=%d -Dtradosphere.billing.lives=%d"
                            .formatted(seed, number),
                    failed);
        }
    }

    private List<Life> run(int number, double lost, Random random) {
        List<Integer> days = Stream.generate(() -> DAYS.get(random.nextInt(DAYS.size())))
                .limit(TURNS)
                .toList();
        Settings.AfterRetries[] ends = Settings.AfterRetries.values();
        String endpoint = begin(
                Duration.ofDays(days.stream().mapToInt(Integer::intValue).sum()), ends[random.nextInt(ends.length)]);
        control(Map.of("hold", true)).post("/_fake/webhooks").then().statusCode(200);
        TestUser creator = creator();
        List<Life> lives = new ArrayList<>();
        List<TestUser> people = KnownProfiles.of(Tier.FREE, number + (number + 1) / WITH_A_CREATOR);
        people.subList(0, number)
                .forEach(person -> lives.add(new SubscriptionLife(person, creator, random.nextLong())));
        people.subList(number, people.size()).forEach(person -> lives.add(new TierLife(person, random.nextLong())));
        DisorderlyPost post = new DisorderlyPost(endpoint, lost, random);
        for (int turn = 0; turn < TURNS; turn++) {
            delaySomeFetches();
            inParallel(lives, Life::act);
            fake.advanceTo(fake.now().plus(Duration.ofDays(days.get(turn))), false);
            post.deliverSome();
            if (turn % 2 == 1) {
                run("stripe-reconciliation");
            }
        }
        // What the service itself does at Stripe is news, too.
        do {
            post.deliverAll();
            run("stripe-reconciliation");
            awaitQuiet();
        } while (post.collect());
        return lives;
    }

    private void end(List<Life> lives) {
        run("tier-lapses");
        Told told = Told.of(lives);
        inParallel(lives, life -> life.hasEndedAsAtStripe(told));
        assertThat(DisorderlyPost.wasAnyForgeryTaken()).isFalse();
    }

    private static void awaitQuiet() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser().column("""
                                SELECT concat_ws(' ', type, id, reason) FROM stripe_objects WHERE requested > fetched
                                UNION ALL SELECT concat_ws(' ', kind, stripe_id, reason) FROM stripe_tasks
                                """)).isEmpty());
    }

    private void run(String name) {
        jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .run()
                .await()
                .atMost(SOON);
    }
}
