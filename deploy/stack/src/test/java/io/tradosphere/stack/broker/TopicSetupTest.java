package io.tradosphere.stack.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.TestStack;
import io.tradosphere.topics.TopicsMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program {@code tradosphere-topics} on a real broker. Each test has a prefix of its own. */
class TopicSetupTest {

    private static final String ALL_IS_WELL = "Every topic is as the event contract says.";

    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()));
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            TestStack.get().kafkaBootstrap(),
            "KAFKA_CLIENT_ID",
            "tradosphere-topics",
            "TRADOSPHERE_KAFKA_PREFIX",
            prefix));

    private int exitCode;

    @AfterEach
    void delete() throws Exception {
        admin.deleteTopics(admin.listTopics().names().get().stream()
                        .filter(name -> name.startsWith(prefix))
                        .toList())
                .all()
                .get();
        admin.close();
    }

    @Test
    void topics_that_are_missing_are_named_by_a_check_and_then_created() {
        assertThat(run("--check"))
                .hasSize(Topic.values().length)
                .contains(prefix + "tradosphere.social.follows: is missing");
        assertThat(exitCode).isEqualTo(1);

        assertThat(run()).hasSize(Topic.values().length).contains(prefix + "tradosphere.social.follows: created");
        assertThat(exitCode).isZero();

        assertThat(run("--check")).containsExactly(ALL_IS_WELL);
        assertThat(exitCode).isZero();
        assertThat(run()).containsExactly(ALL_IS_WELL);
    }

    @Test
    void a_setting_that_keeps_too_little_is_named_by_a_check_and_then_changed() throws Exception {
        // given
        create(Topic.STREAMS, 3, Map.of("retention.ms", "60000", "max.message.bytes", "1000"));

        // then
        String[] differences = {
            name(Topic.STREAMS) + ": retention.ms is 60000 and should be 2592000000",
            name(Topic.STREAMS) + ": max.message.bytes is 1000 and should be 1048588"
        };
        assertThat(run("--check")).contains(differences);
        assertThat(exitCode).isEqualTo(1);
        assertThat(run())
                .contains(Stream.of(differences).map(line -> line + ": changed").toArray(String[]::new));
        assertThat(exitCode).isZero();
        await().until(() -> run("--check").equals(List.of(ALL_IS_WELL)));
    }

    @Test
    void what_would_lose_records_or_their_order_is_named_and_left() throws Exception {
        // given fewer partitions, a longer retention, another policy
        create(Topic.SIGNALS, 2, Topic.SIGNALS.settings());
        create(Topic.TRADES, 6, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        create(Topic.FOLLOWS, 6, with(Topic.FOLLOWS.settings(), "cleanup.policy", "delete"));

        // then
        List<String> differences = List.of(
                name(Topic.SIGNALS) + ": partitions is 2 and should be 6",
                name(Topic.TRADES) + ": retention.ms is -1 and should be 2592000000",
                name(Topic.FOLLOWS) + ": cleanup.policy is delete and should be compact");
        assertThat(run())
                .containsAll(differences.stream()
                        .map(line -> line + ": left, since a change would lose records or their order")
                        .toList());
        assertThat(exitCode).isZero();
        assertThat(run("--check")).containsExactlyInAnyOrderElementsOf(differences);
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void more_partitions_than_in_the_contract_are_fine() throws Exception {
        create(Topic.STREAMS, 12, Topic.STREAMS.settings());
        run();

        assertThat(run("--check")).containsExactly(ALL_IS_WELL);
    }

    @Test
    void the_prices_of_outsiders_are_stored_uncompressed() throws Exception {
        run();

        ConfigResource prices = new ConfigResource(ConfigResource.Type.TOPIC, name(Topic.PRICES));
        assertThat(admin.describeConfigs(List.of(prices))
                        .all()
                        .get()
                        .get(prices)
                        .get("compression.type")
                        .value())
                .isEqualTo("uncompressed");
    }

    @Test
    void the_clients_other_settings_are_read_and_a_wrong_one_is_one_line() {
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        environment.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        environment.put("KAFKA_SASL_JAAS_CONFIG", "not a login module");

        assertThat(run()).singleElement().asString().startsWith("The settings of the Kafka client are wrong: ");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void a_broker_that_does_not_answer_is_one_line() {
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("KAFKA_DEFAULT_API_TIMEOUT_MS", "1000");
        environment.put("KAFKA_REQUEST_TIMEOUT_MS", "500");

        assertThat(run()).singleElement().asString().startsWith("Kafka at 127.0.0.1:1: Timed out");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void without_brokers_or_with_an_unknown_argument_it_says_what_it_needs() {
        assertThat(run("--delete")).containsExactly("usage: tradosphere-topics [--check]");
        assertThat(exitCode).isEqualTo(2);

        environment.remove("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(run()).containsExactly("Set KAFKA_BOOTSTRAP_SERVERS: the brokers, host:port separated by commas.");
        assertThat(exitCode).isEqualTo(78);
    }

    private void create(Topic topic, int partitions, Map<String, String> settings) throws Exception {
        admin.createTopics(
                        List.of(new NewTopic(name(topic), Optional.of(partitions), Optional.empty()).configs(settings)))
                .all()
                .get();
        // The broker learns of it a moment after the controller.
        await().until(() -> admin.listTopics().names().get().contains(name(topic)));
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(name, value);
        return changed;
    }

    private String name(Topic topic) {
        return prefix + topic.topicName();
    }

    private List<String> run(String... arguments) {
        StringWriter said = new StringWriter();
        exitCode = TopicsMain.run(environment, new PrintWriter(said, true), arguments);
        return said.toString().lines().toList();
    }
}
