package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Order(2)
class RealtimeClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void the_documented_client_gets_what_happens_and_after_an_absence_what_it_missed(RealtimeClient.Runtime runtime)
            throws IOException {
        if (!runtime.isPresent()) {
            System.out.println("Not checked: the documented client of event streams in " + runtime
                    + ", which this machine does not have. Install it (Debian: apt-get install chromium).");
            return;
        }
        // Given
        Client ana = Client.withProfile();
        Client bob = Client.withProfile();
        String first;
        String lastEventId;
        try (RealtimeClient client = new RealtimeClient(runtime, ana, "")) {
            await().atMost(TIMEOUT).until(() -> client.names().contains("ready"));

            // When
            first = send(bob, ana, "Bought");
            bob.follow(ana);

            // Then. Achievements of other tests may be earned as well.
            await().atMost(TIMEOUT)
                    .until(() -> client.events().stream()
                            .anyMatch(event -> event.at("/data/type").asText().equals("follower")));
            assertThat(client.names()).startsWith("ready").containsOnlyOnce("message");
            assertThat(client.events())
                    .anyMatch(event -> event.at("/data/content").asText().equals("Bought"));
            lastEventId = client.lastEventId();
        }

        // When she is away
        String second = send(bob, ana, "Sold");
        bob.request("DELETE", "/v1/messages/" + first, null);

        // Then
        try (RealtimeClient client = new RealtimeClient(runtime, ana, lastEventId)) {
            await().atMost(TIMEOUT).until(() -> client.names().contains("message-deleted"));
            List<JsonNode> missed = client.events().stream()
                    .filter(event -> event.path("name").asText().startsWith("message"))
                    .toList();
            assertThat(missed)
                    .extracting(event -> event.path("name").asText())
                    .containsExactly("message", "message-deleted");
            assertThat(missed)
                    .extracting(event -> event.at("/data/id").asText())
                    .containsExactly(second, first);
        }
    }

    private static String send(Client sender, Client recipient, String content) {
        return sender.request(
                        "POST",
                        "/v1/messages",
                        "{\"recipientId\":\"%s\",\"content\":\"%s\"}".formatted(recipient.id(), content))
                .path("id")
                .asText();
    }
}
