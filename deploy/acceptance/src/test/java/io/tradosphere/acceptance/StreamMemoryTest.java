package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.process.JavaProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The memory of messaging-service by open event stream: the heap after a full collection. */
@Order(2)
class StreamMemoryTest {

    private static final int PEOPLE = 50;
    private static final int STREAMS_OF_EACH = 10;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MAX_BYTES = 12 * 1_024;

    /** What a request keeps, and an open stream must not. */
    private static final List<String> OF_THE_REQUEST = List.of(
            "io.vertx.ext.web.impl.RoutingContextImpl",
            "io.quarkus.resteasy.reactive.server.runtime.QuarkusResteasyReactiveRequestContext",
            "io.tradosphere.platform.identity.CurrentCaller");

    @Test
    void an_open_event_stream_takes_at_most_12_KiB_and_keeps_nothing_of_its_request() throws IOException {
        // Given
        List<Client> people = Stream.generate(Client::withProfile).limit(PEOPLE).toList();
        closeAll(open(people.subList(0, 10)));
        Histogram before = Histogram.take();

        // When
        List<Socket> streams = open(people);

        // Then. A stream lets go of its request a second after it has begun.
        await().atMost(SOON).untilAsserted(() -> {
            Histogram after = Histogram.take();
            assertThat((after.bytes() - before.bytes()) / streams.size()).isLessThan(MAX_BYTES);
            assertThat(OF_THE_REQUEST)
                    .allSatisfy(type -> assertThat(after.instances(type) - before.instances(type))
                            .isLessThan(streams.size() / 10));
        });
        closeAll(streams);
        await().atMost(SOON)
                .until(() -> Histogram.take().instances("io.tradosphere.messaging.realtime.EventStream")
                        <= before.instances("io.tradosphere.messaging.realtime.EventStream"));
    }

    private static List<Socket> open(List<Client> people) throws IOException {
        URI service = URI.create(SharedSuite.endpoints().get("MESSAGING_SERVICE_URL"));
        List<Socket> streams = new ArrayList<>();
        for (Client person : people) {
            for (int i = 0; i < STREAMS_OF_EACH; i++) {
                Socket stream = new Socket(service.getHost(), service.getPort());
                streams.add(stream);
                stream.getOutputStream()
                        .write(("GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                        + person.token() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                awaitBegun(stream.getInputStream());
            }
        }
        return streams;
    }

    private static void awaitBegun(InputStream events) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("event: ready") < 0) {
            int next = events.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
    }

    private static void closeAll(List<Socket> streams) throws IOException {
        for (Socket stream : streams) {
            stream.close();
        }
    }

    /** The reachable objects of the service's JVM. */
    private record Histogram(List<String[]> lines) {

        static Histogram take() {
            String pid = SharedSuite.endpoints().get("MESSAGING_SERVICE_PID");
            String jcmd = Path.of(JavaProgram.java()).resolveSibling("jcmd").toString();
            try {
                Process process = new ProcessBuilder(jcmd, pid, "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Histogram(printed.strip()
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .toList());
            } catch (IOException e) {
                throw new AssertionError(jcmd, e);
            }
        }

        long bytes() {
            String[] total = lines.get(lines.size() - 1);
            assertThat(total[0]).isEqualTo("Total");
            return Long.parseLong(total[2]);
        }

        /** A line is number, instances, bytes and class. */
        long instances(String type) {
            return lines.stream()
                    .filter(line -> line.length >= 4 && line[3].equals(type))
                    .mapToLong(line -> Long.parseLong(line[1]))
                    .sum();
        }
    }
}
