package io.tradosphere.signal.consumer;

import static io.tradosphere.signal.replica.SocialEvents.followed;
import static io.tradosphere.signal.replica.SocialEvents.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tradosphere.contracts.Topic;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class StalledPartitionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void a_partition_that_fails_holds_up_no_other_and_shows_in_a_metric_until_it_recovers() {
        TestUser star = SignalSteps.creator();
        TestUser refused = SignalSteps.creator();
        TestUser other = SignalSteps.creator();
        while (partition(other, star) == partition(refused, star)) {
            other = SignalSteps.creator();
        }
        TestUser fan = other;
        Sql.asSuperuser()
                .execute("CREATE FUNCTION fails_for_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF NEW.follower_id = '" + refused.id() + "' THEN"
                        + "  RAISE EXCEPTION 'not at present' USING ERRCODE = 'XX000';"
                        + " END IF; RETURN NEW; END $$");
        Sql.asSuperuser()
                .execute("CREATE TRIGGER fails_for_one BEFORE INSERT ON follows FOR EACH ROW"
                        + " EXECUTE FUNCTION fails_for_one()");
        try {
            TopicReader.publish(followed(refused, star), next());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stalledSeconds()).isPositive());
            TopicReader.publish(followed(fan, star), next());

            await().atMost(SOON).untilAsserted(() -> assertThat(following(fan)).isEqualTo(1));
            assertThat(following(refused)).isZero();
            assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(RestAssured.get("/q/health/well").asString()).contains("consumers");
        } finally {
            Sql.asSuperuser().execute("DROP TRIGGER fails_for_one ON follows");
            Sql.asSuperuser().execute("DROP FUNCTION fails_for_one()");
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(following(refused)).isEqualTo(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(stalledSeconds()).isZero());
    }

    private static int partition(TestUser fan, TestUser star) {
        byte[] key = followed(fan, star).key().getBytes(StandardCharsets.UTF_8);
        return BuiltInPartitioner.partitionForKey(key, Topic.FOLLOWS.partitions());
    }

    private static long following(TestUser fan) {
        return Sql.asSuperuser().number("SELECT count(*) FROM follows WHERE follower_id = ?", fan.id());
    }

    private static double stalledSeconds() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("tradosphere_consumer_stalled_seconds{")
                        && line.contains("signal-service.follows"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
