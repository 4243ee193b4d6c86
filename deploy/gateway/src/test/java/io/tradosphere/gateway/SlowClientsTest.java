package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that send slowly do not harm others. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class SlowClientsTest {

    /** More than the connections to a service. */
    private static final int MANY = 80;

    private static final long SOON = TimeUnit.SECONDS.toNanos(5);

    @TestHTTPResource
    URI base;

    @Test
    void slow_uploads_leave_other_requests_unharmed() {
        // Given
        List<RawConnection> slow =
                open("POST /v1/clans/slow-upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx");
        try {
            // When
            long start = System.nanoTime();
            int read = RawConnection.get(base, "/v1/clans").status();
            int write = upload("hello").status();
            // Then
            assertThat(read).isEqualTo(200);
            assertThat(write).isEqualTo(200);
            assertThat(System.nanoTime() - start).isLessThan(SOON);
            assertThat(FakeServices.seen("/v1/clans/slow-upload")).isZero();
        } finally {
            slow.forEach(RawConnection::close);
        }
    }

    @Test
    void an_address_has_a_limit_of_slow_uploads() {
        // Given
        List<RawConnection> slow =
                open("POST /v1/clans HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx");
        try {
            // When
            List<Integer> statuses = slow.stream()
                    .map(connection -> connection.read(false).status())
                    .toList();
            // Then
            assertThat(statuses).containsOnly(408, 429);
            assertThat(statuses).filteredOn(status -> status == 408).hasSize(32);
        } finally {
            slow.forEach(RawConnection::close);
        }
    }

    @Test
    void a_body_that_arrives_too_slowly_is_refused() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("POST /v1/clans/late HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx");
            RawConnection.Response response = connection.read(false);
            // Then
            GatewayTest.assertProblem(response, "request-timeout", 408);
            assertThat(connection.isClosedByPeer()).isTrue();
            assertThat(FakeServices.seen("/v1/clans/late")).isZero();
        }
    }

    private RawConnection.Response upload(String body) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(
                    "POST /v1/clans HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return connection.read(false);
        }
    }

    private List<RawConnection> open(String beginning) {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawConnection connection = new RawConnection(base);
            connections.add(connection);
            connection.send(beginning);
        }
        return connections;
    }
}
