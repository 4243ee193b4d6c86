package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The AsyncAPI document, as AsyncAPI's own parser understands it, against the code. */
class AsyncApiDocumentTest {
    private static final String NEEDS_NODE =
            "Checking the AsyncAPI document needs Node 20 or newer with npm: install it and put it on the PATH";

    private static final EventCodec CODEC = new EventCodec();
    private static final Map<String, JsonNode> CHANNELS = new HashMap<>();

    @BeforeAll
    static void the_parser_accepts_the_document() throws Exception {
        if (!isInstalled()) {
            run(List.of("npm", "ci", "--silent"));
        }
        Path document = Contract.ASYNCAPI.toAbsolutePath();
        Contract.JSON
                .readTree(run(List.of("node", "check.js", document.toString())))
                .forEach(channel -> CHANNELS.put(channel.get("address").asText(), channel));
    }

    @Test
    void every_topic_is_a_channel_and_every_channel_a_topic() {
        assertThat(CHANNELS)
                .containsOnlyKeys(
                        Arrays.stream(Topic.values()).map(Topic::topicName).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void a_channel_has_a_message_for_each_type_of_its_topic_and_no_other(Topic topic) {
        // Given
        Map<String, String> schemaOfType = Arrays.stream(EventType.values())
                .filter(type -> type.topics().contains(topic))
                .collect(Collectors.toMap(EventType::ceType, EventType::dataSchema));

        // When
        Map<String, String> messages = new HashMap<>();
        CHANNELS.get(topic.topicName())
                .get("messages")
                .forEach(message -> messages.put(
                        message.get("name").asText(), message.get("payload").asText()));
        messages.remove("tombstone");

        // Then
        assertThat(messages).isEqualTo(schemaOfType);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void a_channel_says_how_its_topic_is_keyed_kept_and_who_may_read_it(Topic topic) {
        // Given
        JsonNode channel = CHANNELS.get(topic.topicName());
        JsonNode kafka = channel.get("kafka");

        // When
        Map<String, String> settings = new TreeMap<>();
        kafka.get("topicConfiguration")
                .fields()
                .forEachRemaining(setting -> settings.put(
                        setting.getKey(),
                        setting.getValue().isArray()
                                ? setting.getValue().get(0).asText()
                                : setting.getValue().asText()));
        Set<String> keys = StreamSupport.stream(channel.get("messages").spliterator(), false)
                .filter(message -> !message.get("name").asText().equals("tombstone"))
                .map(message -> message.get("key").asText())
                .collect(Collectors.toSet());

        // Then
        assertThat(kafka.get("topic").asText()).isEqualTo(topic.topicName());
        assertThat(kafka.get("partitions").asInt()).isEqualTo(topic.partitions());
        assertThat(settings).isEqualTo(topic.settings());
        assertThat(keys).containsExactly(topic.keyDescription());
        assertThat(channel.get("access").get(0).asText())
                .isEqualToIgnoringCase(topic.access().name());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void the_suite_sends_on_every_channel_but_the_market_data_feed(Topic topic) {
        assertThat(CHANNELS.get(topic.topicName()).get("operations"))
                .extracting(JsonNode::asText)
                .containsExactly(topic == Topic.PRICES ? "receive" : "send");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_message_has_headers_of_type_object_a_title_without_dots_and_an_example_that_can_be_read(EventType type)
            throws Exception {
        // Given
        JsonNode message = StreamSupport.stream(
                        CHANNELS.get(type.topic().topicName()).get("messages").spliterator(), false)
                .filter(candidate -> candidate.get("name").asText().equals(type.ceType()))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(message.get("headers").asText()).isEqualTo("object");
        assertThat(message.get("title").asText()).matches("[A-Z][a-z ]+");
        assertThat(message.get("examples")).isNotEmpty();
        for (JsonNode example : message.get("examples")) {
            assertThat(Contract.violations(type, example)).isEmpty();
            assertThat(CODEC.decode(type.ceType(), Contract.bytes(example)).type())
                    .isEqualTo(type);
        }
    }

    @Test
    void the_bundled_document_is_the_present_one() throws Exception {
        // Given, see "npm run bundle"
        Path bundled = Contract.ASYNCAPI.resolveSibling("asyncapi.json").toAbsolutePath();

        // When
        String present = run(
                List.of("node", "bundle.js", Contract.ASYNCAPI.toAbsolutePath().toString()));

        // Then
        assertThat(Contract.JSON.readTree(bundled.toFile())).isEqualTo(Contract.JSON.readTree(present));
        run(List.of("node", "check.js", bundled.toString()));
        assertThat(present).doesNotContain("./schemas/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asyncapi.yaml", "asyncapi.json"})
    void spectral_finds_no_error_in_the_document(String file) throws Exception {
        Path document = Contract.ASYNCAPI.resolveSibling(file).toAbsolutePath();

        // Then it ends with 0, else its objections are the failure's message
        run(List.of("node", "lint.js", document.toString()));
    }

    private static boolean isInstalled() throws IOException {
        Path installed = Contract.ASYNCAPI_CHECK.resolve("node_modules/.package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed)
                                .compareTo(
                                        Files.getLastModifiedTime(Contract.ASYNCAPI_CHECK.resolve("package-lock.json")))
                        >= 0;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("asyncapi-check", ".out");
        Path errors = Files.createTempFile("asyncapi-check", ".err");
        try {
            Process process = start(new ProcessBuilder(command)
                    .directory(Contract.ASYNCAPI_CHECK.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile()));
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " didn't end within 5 minutes");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + Files.readString(errors));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static Process start(ProcessBuilder process) {
        try {
            return process.start();
        } catch (IOException e) {
            throw new AssertionError(NEEDS_NODE, e);
        }
    }
}
