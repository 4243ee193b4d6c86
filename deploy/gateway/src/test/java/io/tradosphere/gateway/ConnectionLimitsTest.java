package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.gateway.GatewayConfig.ClientConfig;
import io.tradosphere.gateway.client.ConnectionLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The limits of connections, on a plain Vert.x server. Under Quarkus' test class loaders Netty does not see the
 * gateway's classes, so it finds no extension there.
 */
class ConnectionLimitsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static URI base;

    private final List<RawConnection> connections = new ArrayList<>();

    private record Limits(Duration headTimeout, Duration keepAlive, int connections) implements ClientConfig {}

    @BeforeAll
    static void start() {
        HttpServer server = VERTX.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    if (request.path().equals("/stream")) {
                        request.response().setChunked(true).write("begun");
                    } else {
                        request.response().end("{}");
                    }
                });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        base = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void disconnect() {
        connections.forEach(RawConnection::close);
        configure(Duration.ofSeconds(10), Duration.ofSeconds(10), 1_000, false);
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void slow_heads_are_closed_and_leave_other_requests_unharmed() {
        // Given
        configure(Duration.ofSeconds(2), Duration.ofSeconds(60), 1_000, false);
        for (int i = 0; i < 100; i++) {
            open().send("GET / HTTP/1.1\r\nHost: x\r\nX-Slo");
        }
        // When
        int status = RawConnection.get(base, "/").status();
        // Then
        assertThat(status).isEqualTo(200);
        assertThat(connections).allMatch(RawConnection::isClosedByPeer);
    }

    @Test
    void a_connection_without_a_next_request_is_closed() {
        // Given
        configure(Duration.ofSeconds(2), Duration.ofSeconds(1), 1_000, false);
        RawConnection connection = open();
        // When
        connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        int first = connection.read(false).status();
        int second = connection.read(false).status();
        // Then
        assertThat(List.of(first, second)).containsOnly(200);
        assertThat(connection.isClosedByPeer()).isTrue();
    }

    @Test
    void a_connection_with_a_request_in_flight_stays_open() {
        // Given
        configure(Duration.ofMillis(500), Duration.ofMillis(500), 1_000, false);
        RawConnection stream = open();
        stream.send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(stream.read(false).status()).isEqualTo(200);
        RawConnection unused = open();
        // When
        boolean unusedIsClosed = unused.isClosedByPeer();
        RawConnection.Response head = stream.read(true);
        // Then
        assertThat(unusedIsClosed).isTrue();
        assertThat(head.status()).isEqualTo(200);
        assertThat(stream.isClosedByPeer()).isFalse();
    }

    @Test
    void an_address_has_a_limit_of_connections() {
        // Given
        configure(Duration.ofSeconds(60), Duration.ofSeconds(60), 3, false);
        RawConnection first = open();
        open();
        open();
        // When
        boolean fourthIsClosed = open().isClosedByPeer();
        first.close();
        // Then
        assertThat(fourthIsClosed).isTrue();
        await("the end of the first is seen").ignoreExceptions().untilAsserted(() -> {
            RawConnection next = open();
            next.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(next.read(false).status()).isEqualTo(200);
        });
    }

    @Test
    void a_trusted_proxy_may_open_any_number_of_connections() {
        // Given
        configure(Duration.ofSeconds(60), Duration.ofSeconds(60), 1, true);
        open();
        RawConnection second = open();
        // When
        second.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        // Then
        assertThat(second.read(false).status()).isEqualTo(200);
    }

    private RawConnection open() {
        RawConnection connection = new RawConnection(base);
        connections.add(connection);
        return connection;
    }

    private static void configure(Duration head, Duration keepAlive, int connections, boolean trusted) {
        ConnectionLimits.configure(new Limits(head, keepAlive, connections), address -> trusted);
    }
}
