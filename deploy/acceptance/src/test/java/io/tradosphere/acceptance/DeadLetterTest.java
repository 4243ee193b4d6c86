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

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TOPIC = "tradosphere.social.follows";
    private static final String GROUP = "profile-service.follower-counts";

    @Test
    void what_can_not_be_applied_is_parked_alone_and_counts_once_it_is_replayed() {
        // given a database that refuses one person's follows
        Client star = Client.arrived();
        Client refused = Client.arrived();
        List<Client> fans =
                IntStream.range(0, 5).mapToObj(number -> Client.arrived()).toList();
        Database.execute("ALTER TABLE profile.follow_edges ADD CONSTRAINT refuses_one CHECK (follower_id <> '"
                + refused.id() + "') NOT VALID");
        try {
            // when they follow, and others do
            refused.does("PUT", "/v1/follows/" + star.id(), null);
            fans.forEach(fan -> fan.does("PUT", "/v1/follows/" + star.id(), null));

            // then the others are counted, and the letter says why it was parked
            await().atMost(SOON).until(() -> star.followerCount() == 5);
            Broker.awaitDrained();
            List<ConsumerRecord<String, byte[]>> letters = letters(refused);
            assertThat(letters).hasSize(1);
            assertThat(Broker.header(letters.get(0), "dlq_reason")).contains("refuses_one");
            assertThat(new String(letters.get(0).value(), StandardCharsets.UTF_8))
                    .contains(refused.id().toString());
            assertThat(noted(refused)).isEqualTo(1);
            assertThat(TheSuite.run(new VerifyCommand())).isEqualTo(1);
        } finally {
            Database.execute("ALTER TABLE profile.follow_edges DROP CONSTRAINT refuses_one");
        }

        // when the cause is gone and it is replayed
        assertThat(TheSuite.run(new ReplayCommand(), TOPIC, "--group", GROUP)).isZero();

        // then it counts, once, and is off the list
        await().atMost(SOON).until(() -> star.followerCount() == 6);
        Broker.awaitDrained();
        assertThat(noted(refused)).isZero();
        assertThat(letters(refused)).isEmpty();
        assertThat(star.followerCount()).isEqualTo(6);
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    private static List<ConsumerRecord<String, byte[]>> letters(Client person) {
        return Broker.records(TOPIC + "." + GROUP + ".dlq").stream()
                .filter(letter -> letter.key().contains(person.id().toString()))
                .toList();
    }

    private static long noted(Client person) {
        return Database.number(
                "SELECT count(*) FROM profile.dead_letters WHERE position(? IN letter_key) > 0",
                person.id().toString());
    }
}
