package io.tradosphere.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.contracts.Topic;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chart knows of services, topics and consumers is what the code says. */
class GeneratedFilesTest {

    private static final Path FILES = Chart.FOLDER.resolve("files");

    @Test
    void the_chart_knows_every_service_as_it_is_described() throws IOException {
        ObjectNode described = Chart.YAML.createObjectNode();
        ArrayNode services = described.putArray("services");
        for (ServiceDescription service : Services.all()) {
            ObjectNode one = services.addObject().put("name", service.name()).put("schema", service.schema());
            service.secrets().forEach(one.withArray("secrets")::add);
        }

        assertSame("services.yaml", "# Generated from each service.yaml.\n", described);
        JsonNode schema =
                Chart.YAML.readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        assertThat(schema.at("/properties/services/properties").properties().stream()
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        Services.all().stream().map(ServiceDescription::name).toList());
    }

    @Test
    void the_chart_knows_every_topic_of_the_contract_and_who_writes_and_reads_it() throws IOException {
        ObjectNode events = Chart.YAML.createObjectNode();
        ArrayNode topics = events.putArray("topics");
        for (Topic topic : Topic.values()) {
            ObjectNode one = topics.addObject()
                    .put("name", topic.topicName())
                    .put("partitions", topic.partitions())
                    .put("public", topic.access() == Topic.Access.PUBLIC)
                    .put("fromOutside", topic.isWrittenFromOutside());
            ObjectNode settings = one.putObject("settings");
            topic.settings().forEach(settings::put);
        }
        ArrayNode services = events.putArray("services");
        for (ServiceDescription service : Services.all()) {
            ObjectNode one = services.addObject().put("name", service.name());
            ArrayNode writes = one.putArray("writes");
            service.topics().forEach(writes::add);
            ArrayNode reads = one.putArray("reads");
            for (Flows.Reader reader : Flows.readers(service.name())) {
                reads.addObject()
                        .put("topic", reader.topic())
                        .put("group", reader.group())
                        .put("deadLetters", reader.deadLetters());
            }
        }

        assertSame(
                "events.yaml", "# Generated from the event contract, each service.yaml and docs/flows.md.\n", events);
    }

    private static void assertSame(String file, String head, JsonNode content) throws IOException {
        String text = head + Chart.YAML.writeValueAsString(content).replaceFirst("^---\n", "");
        if (Boolean.getBoolean("renew.docs")) {
            Files.writeString(FILES.resolve(file), text);
        }

        assertThat(Files.readString(FILES.resolve(file)))
                .as("Renew it with: mvn test -pl deploy/helm -Dtest=GeneratedFilesTest -Drenew.docs=true")
                .isEqualTo(text);
    }
}
