package io.tradosphere.helm;

import static io.tradosphere.helm.Manifests.all;
import static io.tradosphere.helm.Manifests.find;
import static io.tradosphere.helm.Manifests.name;
import static io.tradosphere.helm.Manifests.pod;
import static io.tradosphere.helm.Manifests.secret;
import static io.tradosphere.helm.Manifests.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.contracts.Topic;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Topics, users and Kafka itself as objects of the Strimzi operator. */
class StrimziTest {

    private final List<JsonNode> own = Chart.renderedSet(Chart.VALUES.resolve("strimzi-cluster.yaml"));
    private final List<JsonNode> shared = Chart.renderedSet(Chart.VALUES.resolve("strimzi-tls.yaml"));

    @Test
    void each_topic_is_the_one_of_the_contract_and_no_job_makes_any() {
        List<JsonNode> topics = all(shared, "KafkaTopic");

        assertThat(topics.stream().map(topic -> topic.at("/spec/topicName").asText()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> "staging." + topic.topicName())
                        .toList());
        JsonNode follows = find(shared, "KafkaTopic", "demo-social-follows");
        assertThat(follows.at("/metadata/labels/strimzi.io~1cluster").asText()).isEqualTo("shared");
        assertThat(follows.at("/spec/partitions").asInt()).isEqualTo(Topic.FOLLOWS.partitions());
        assertThat(follows.at("/spec/config").properties())
                .allSatisfy(setting -> assertThat(setting.getValue().asText())
                        .isEqualTo(Topic.FOLLOWS.settings().get(setting.getKey())));
        assertThat(follows.at("/spec/config"))
                .hasSameSizeAs(Topic.FOLLOWS.settings().keySet());
        assertThat(shared.stream().map(Manifests::name)).doesNotContain("Job demo-topics-1");
    }

    @Test
    void a_service_may_write_its_own_topics_and_read_what_its_consumers_read_and_nothing_else() throws IOException {
        for (ServiceDescription service : Services.all()) {
            List<Flows.Reader> readers = Flows.readers(service.name());
            Set<String> groups =
                    readers.stream().map(Flows.Reader::group).collect(Collectors.toCollection(TreeSet::new));
            Set<String> reads =
                    readers.stream().map(Flows.Reader::topic).collect(Collectors.toCollection(TreeSet::new));
            Set<String> writes = new TreeSet<>(service.topics());
            readers.stream().filter(Flows.Reader::deadLetters).forEach(reader -> {
                writes.add(reader.topic() + "." + reader.group() + ".dlq");
                reads.add(reader.topic() + "." + reader.group() + ".replay");
            });
            JsonNode user = find(own, "KafkaUser", "demo-" + service.name());

            assertThat(resources(user, "topic", "Write")).isEqualTo(writes);
            assertThat(resources(user, "topic", "Read")).isEqualTo(reads);
            assertThat(resources(user, "group", "Read")).isEqualTo(groups);
            assertThat(resources(user, "topic", "Create"))
                    .allMatch(topic -> topic.matches(".*" + service.name() + "[.].*[.](dlq|replay)"));
            assertThat(operations(user)).isSubsetOf("Read", "Write", "Create", "Describe");
            assertThat(user.at("/spec/authorization/acls").findValuesAsText("patternType"))
                    .containsOnly("literal");
        }
    }

    @Test
    void the_prefix_of_an_installation_precedes_what_its_services_may_use() {
        JsonNode user = find(shared, "KafkaUser", "demo-social-service");

        assertThat(resources(user, "topic", "Describe")).isNotEmpty().allMatch(topic -> topic.startsWith("staging."));
        assertThat(resources(user, "group", "Read")).isNotEmpty().allMatch(group -> group.startsWith("staging."));
    }

    @Test
    void a_third_party_reads_public_topics_with_groups_of_its_own_and_writes_none() {
        JsonNode user = find(own, "KafkaUser", "demo-reader-analytics");

        assertThat(resources(user, "topic", "Read"))
                .isEqualTo(Arrays.stream(Topic.values())
                        .filter(topic -> topic.access() == Topic.Access.PUBLIC)
                        .map(Topic::topicName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(resources(user, "group", "Read")).containsExactly("analytics.");
        assertThat(operations(user)).containsExactlyInAnyOrder("Read", "Describe");
        assertThat(find(own, "KafkaUser", "demo-reader-crm")).isNotNull();
    }

    @Test
    void a_price_feed_writes_prices_and_reads_nothing() {
        JsonNode user = find(own, "KafkaUser", "demo-prices-market-data");

        assertThat(resources(user, "topic", "Write")).containsExactly(Topic.PRICES.topicName());
        assertThat(operations(user)).containsExactlyInAnyOrder("Write", "Describe");
    }

    @Test
    void a_service_logs_in_with_the_secret_that_strimzi_makes_for_its_user() {
        JsonNode byPassword = pod(find(own, "Deployment", "demo-social-service"));
        assertThat(value(byPassword, "KAFKA_BOOTSTRAP_SERVERS")).isEqualTo("tradosphere-kafka-bootstrap:9093");
        assertThat(value(byPassword, "KAFKA_SECURITY_PROTOCOL")).isEqualTo("SASL_SSL");
        assertThat(value(byPassword, "KAFKA_SASL_MECHANISM")).isEqualTo("SCRAM-SHA-512");
        assertThat(secret(byPassword, "KAFKA_SASL_JAAS_CONFIG")).isEqualTo("demo-social-service sasl.jaas.config");
        assertThat(byPassword.at("/volumes/1/secret/secretName").asText()).isEqualTo("tradosphere-cluster-ca-cert");

        JsonNode byCertificate = pod(find(shared, "Deployment", "demo-social-service"));
        assertThat(value(byCertificate, "KAFKA_SECURITY_PROTOCOL")).isEqualTo("SSL");
        assertThat(secret(byCertificate, "KAFKA_SSL_KEYSTORE_KEY")).isEqualTo("demo-social-service user.key");
        assertThat(secret(byCertificate, "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN"))
                .isEqualTo("demo-social-service user.crt");
    }

    @Test
    void kafka_itself_has_three_copies_of_each_record_a_listener_with_logins_and_makes_no_topic_unasked() {
        JsonNode kafka = find(own, "Kafka", "tradosphere").at("/spec/kafka");

        assertThat(kafka.at("/listeners/0/port").asInt()).isEqualTo(9093);
        assertThat(kafka.at("/listeners/0/tls").asBoolean()).isTrue();
        assertThat(kafka.at("/listeners/0/authentication/type").asText()).isEqualTo("scram-sha-512");
        assertThat(kafka.at("/authorization/type").asText()).isEqualTo("simple");
        assertThat(kafka.at("/config/default.replication.factor").asInt()).isEqualTo(3);
        assertThat(kafka.at("/config/min.insync.replicas").asInt()).isEqualTo(2);
        assertThat(kafka.at("/config/auto.create.topics.enable").asText()).isEqualTo("false");
        assertThat(find(own, "KafkaNodePool", "tradosphere-brokers")
                        .at("/spec/storage/volumes/0/size")
                        .asText())
                .isEqualTo("200Gi");
        assertThat(all(shared, "Kafka")).isEmpty();

        JsonNode single = find(Chart.render(Chart.VALUES.resolve("strimzi-single.yaml")), "Kafka", "tradosphere");
        assertThat(single.at("/spec/kafka/config/default.replication.factor").asInt())
                .isEqualTo(1);
        assertThat(single.at("/spec/kafka/config/min.insync.replicas").asInt()).isEqualTo(1);
    }

    @Test
    void an_uninstall_deletes_no_record() {
        for (JsonNode object : own) {
            if (name(object).matches("(Kafka|KafkaNodePool|KafkaTopic) .*")) {
                assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .as(name(object))
                        .isEqualTo("keep");
            }
        }
    }

    private static Set<String> resources(JsonNode user, String type, String operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            if (acl.at("/resource/type").asText().equals(type)
                    && Manifests.texts(acl.path("operations")).contains(operation)) {
                names.add(acl.at("/resource/name").asText());
            }
        }
        return names;
    }

    private static Set<String> operations(JsonNode user) {
        Set<String> operations = new TreeSet<>();
        user.at("/spec/authorization/acls").forEach(acl -> operations.addAll(Manifests.texts(acl.path("operations"))));
        return operations;
    }
}
