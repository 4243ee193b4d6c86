package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed requests are the client's fault, never the server's. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class MalformedRequestTest {

    private static final int REQUESTS = 3_000;
    private static final String[] PIECES = {
        ":",
        " ",
        "\t",
        "\r",
        "\n",
        "\0",
        "\u007f",
        "\u00ff",
        "Host: x",
        "Host: y",
        "Host",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Connection: close, ,",
        "Connection: \"",
        "Expect: 100-continue",
        "Expect: tea",
        "Accept-Encoding: gzip;q=",
        "Accept-Encoding: ;;,,",
        "Origin: null",
        "traceparent: 00-",
        "X-Request-Id:",
        "If-None-Match: \"",
        "Authorization: Bearer",
        "Authorization: Bearer  x",
        "X-Forwarded-For: ,,:",
        ": v",
        "=",
        "%",
        "%2",
        "%ff",
        ";",
        "?",
        "#",
        "/",
        "//",
        "..",
        "[",
        "]",
        "@",
        "http://",
        "https://h",
        "*",
        "é"
    };

    @TestHTTPResource
    URI base;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: x\r\n: value",
                "Host: x\r\nHost: y",
                "Host: x\r\nHost: x",
                "Host: a b",
                "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: x\r\nX-Space : 1",
                "Host: x\r\nX(Y): 1",
                "Host: x/evil"
            })
    void an_ambiguous_head_is_refused(String head) {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("GET /v1/clans HTTP/1.1\r\n" + head + "\r\n\r\n");
            // Then
            assertThat(connection.read(false).status()).isEqualTo(400);
        }
    }

    @Test
    void no_head_or_path_makes_the_gateway_fail() {
        // Given
        Random random = new Random(13);
        for (int i = 0; i < REQUESTS; i++) {
            String request = request(random);
            // When
            int status = statusOf(request);
            // Then
            assertThat(status).as(request).isLessThan(500);
        }
        assertThat(RawConnection.get(base, "/v1/clans").status()).isEqualTo(200);
    }

    /** Zero when the gateway closed the connection without a response. */
    private int statusOf(String request) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(request);
            connection.finish();
            return connection.read(true).status();
        } catch (UncheckedIOException closed) {
            return 0;
        }
    }

    private static String request(Random random) {
        StringBuilder request = new StringBuilder(random.nextInt(20) == 0 ? pick(random) : "GET").append(' ');
        request.append(random.nextInt(3) == 0 ? "/" : "/v1/clans");
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(pick(random));
        }
        request.append(random.nextInt(20) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        if (random.nextInt(5) > 0) {
            request.append("Host: x\r\n");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            request.append(pick(random));
            if (random.nextInt(4) == 0) {
                request.append(pick(random));
            }
            request.append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private static String pick(Random random) {
        return PIECES[random.nextInt(PIECES.length)];
    }
}
