package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.replay.ReplayCommand;
import io.tradosphere.cli.verify.VerifyCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(4)
class DeadLetterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOPIC = "tradosphere.social.follows";
    private static final String GROUP = "profile-service.follower-counts";

    @Test
    void an_event_that_cannot_be_applied_becomes_a_dead_letter_and_counts_once_it_is_replayed() {
        // given a database that refuses one profile's follows
        Client star = Client.withProfile();
        Client refused = Client.withProfile();
        List<Client> fans =
                IntStream.range(0, 5).mapToObj(number -> Client.withProfile()).toList();
        Database.execute("ALTER TABLE profile.follow_edges ADD CONSTRAINT refuses_one CHECK (follower_id <> '"
                + refused.id() + "') NOT VALID");
        try {
            // when that profile is followed, and others are
            refused.request("PUT", "/v1/follows/" + star.id(), null);
            fans.forEach(fan -> fan.request("PUT", "/v1/follows/" + star.id(), null));

            // then the others are counted, and the dead letter holds the reason
            await().atMost(TIMEOUT).until(() -> star.followerCount() == 5);
            Broker.awaitDrained();
            List<ConsumerRecord<String, byte[]>> letters = letters(refused);
            assertThat(letters).hasSize(1);
            assertThat(Broker.header(letters.get(0), "dlq_reason")).contains("refuses_one");
            assertThat(new String(letters.get(0).value(), StandardCharsets.UTF_8))
                    .contains(refused.id().toString());
            assertThat(rows(refused)).isEqualTo(1);
            assertThat(SharedSuite.run(new VerifyCommand())).isEqualTo(1);
        } finally {
            Database.execute("ALTER TABLE profile.follow_edges DROP CONSTRAINT refuses_one");
        }

        assertThat(SharedSuite.output(new ReplayCommand(), "--list")).contains(TOPIC, GROUP, "refuses_one");
        long published = Broker.records(TOPIC).size();

        // when the cause is fixed and the dead letter is replayed
        assertThat(SharedSuite.run(new ReplayCommand(), TOPIC, "--group", GROUP))
                .isZero();

        // then it counts, once, and its row is deleted
        await().atMost(TIMEOUT).until(() -> star.followerCount() == 6);
        Broker.awaitDrained();
        assertThat(rows(refused)).isZero();
        assertThat(letters(refused)).isEmpty();
        assertThat(star.followerCount()).isEqualTo(6);
        assertThat(Broker.records(TOPIC)).as("what other groups read").hasSize((int) published);
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    private static List<ConsumerRecord<String, byte[]>> letters(Client person) {
        return Broker.records(TOPIC + "." + GROUP + ".dlq").stream()
                .filter(letter -> letter.key().contains(person.id().toString()))
                .toList();
    }

    private static long rows(Client person) {
        return Database.number(
                "SELECT count(*) FROM profile.dead_letters WHERE position(? IN letter_key) > 0",
                person.id().toString());
    }
}
