package io.tradosphere.messaging.realtime;

import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.tradosphere.test.TestUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of an event stream that records what it gets. */
final class StreamClient implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** An event as received. */
    record Received(String id, String name, String data) {

        long number() {
            return Long.parseLong(id);
        }

        JsonPath json() {
            return JsonPath.from(data);
        }
    }

    private StreamClient(String query, String token, String lastEventId) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/v1/realtime" + query));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        if (response.statusCode() == 200) {
            Thread reader = new Thread(this::read, "stream client");
            reader.setDaemon(true);
            reader.start();
        } else {
            ended = true;
        }
    }

    /** Opens a person's stream from now on, and waits until it has begun. */
    static StreamClient of(TestUser person) throws IOException {
        return resuming(person, null);
    }

    /** Opens a person's stream after an event, and waits until it has begun. */
    static StreamClient resuming(TestUser person, String lastEventId) throws IOException {
        StreamClient client = new StreamClient("", person.token(), lastEventId);
        await().atMost(SOON).until(() -> !client.received.isEmpty());
        return client;
    }

    /** Tries to open a stream without waiting. */
    static StreamClient attempt(String query, String token) throws IOException {
        return new StreamClient(query, token, null);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    boolean hasEnded() {
        return ended;
    }

    /** The names of all events so far; the first is {@code ready} or {@code gap}. */
    List<String> names() {
        return received.stream().map(Received::name).toList();
    }

    Received get(int index) {
        return received.get(index);
    }

    String lastId() {
        return received.get(received.size() - 1).id();
    }

    /** Waits until exactly these events came after the first one. */
    void awaitEvents(String... names) {
        await().atMost(SOON)
                .until(() ->
                        received.stream().skip(1).map(Received::name).toList().equals(List.of(names)));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    received.add(new Received(id, name, data));
                    data = "";
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
        } catch (IOException closed) {
            // The end of a stream, whoever closed it, is what hasEnded says.
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
