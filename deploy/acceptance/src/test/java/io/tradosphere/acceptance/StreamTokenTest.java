package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The tokens of a stream, read by Agora's own package for Node. */
@Order(2)
class StreamTokenTest {

    private static final Path FOLDER = Checkout.find().resolve("deploy/acceptance/agora-token");
    private static final Duration SKEW = Duration.ofMinutes(1);

    @Test
    void agoras_package_reads_channel_role_and_expiry_of_a_creators_and_a_viewers_token() throws IOException {
        // Given
        NodeProject.install(FOLDER);
        Client creator = Client.withProfile("elite");
        Client viewer = Client.withProfile();
        String stream = creator.request(
                        "POST", "/v1/streams", "{\"title\":\"Bitcoin at noon\",\"category\":\"analysis\"}")
                .path("id")
                .asText();

        for (Client caller : new Client[] {creator, viewer}) {
            // When
            JsonNode given = caller.request("POST", "/v1/streams/" + stream + "/token", null);
            JsonNode read = read(given.path("token").asText());

            // Then
            assertThat(read.path("isSigned").asBoolean()).isTrue();
            assertThat(read.path("appId")).isEqualTo(given.path("appId"));
            assertThat(read.path("channel")).isEqualTo(given.path("channelId"));
            assertThat(read.path("uid").asLong()).isEqualTo(given.path("uid").asLong());
            assertThat(Instant.ofEpochSecond(read.path("issuedAt").asLong()
                            + read.path("seconds").asLong()))
                    .isEqualTo(Instant.parse(given.path("expiresAt").asText()));
            assertThat(Instant.ofEpochSecond(read.path("issuedAt").asLong()))
                    .isBetween(Instant.now().minus(SKEW), Instant.now().plus(SKEW));
            // Join, and for the creator publish sound, picture and data.
            assertThat(read.path("privileges").fieldNames())
                    .toIterable()
                    .containsExactly(caller == creator ? new String[] {"1", "2", "3", "4"} : new String[] {"1"});
            assertThat(read.path("privileges")).allMatch(seconds -> seconds.equals(read.path("seconds")));
        }
    }

    private static JsonNode read(String token) throws IOException {
        Properties secrets = new Properties();
        try (Reader file =
                Files.newBufferedReader(SharedSuite.get().data().path().resolve("secrets.properties"))) {
            secrets.load(file);
        }
        return Client.parsed(NodeProject.run(
                FOLDER,
                Map.of("TOKEN", token, "CERTIFICATE", secrets.getProperty("AGORA_APP_CERTIFICATE")),
                "node",
                "read.mjs"));
    }
}
