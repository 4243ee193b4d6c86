package io.tradosphere.stack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to Keycloak for a token; Keycloak itself runs with {@code test --containers} only. */
class KeycloakTokensTest {

    private final Map<String, String> received = new ConcurrentHashMap<>();
    private final UUID alice = UUID.randomUUID();
    private HttpServer server;
    private KeycloakTokens tokens;
    private volatile int importStatus = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
        tokens = new KeycloakTokens(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/tradosphere", "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_user_of_that_id_is_created_with_these_roles_before_the_token_is_requested() {
        // when
        String token = tokens.token(alice.toString(), List.of("platform-admin"));

        // then
        assertThat(token).isEqualTo("token-of-tradosphere");
        assertThat(received.get("/admin/realms/tradosphere/partialImport"))
                .startsWith("Bearer token-of-master ")
                .contains("\"ifResourceExists\": \"OVERWRITE\"")
                .contains("\"id\": \"" + alice + "\", \"username\": \"" + alice + "\"")
                .contains("\"realmRoles\": [\"platform-admin\"]")
                .contains("\"clients\": []");
        assertThat(received.get("/realms/master/protocol/openid-connect/token"))
                .contains("client_id=admin-cli", "username=admin", "password=secret");
        assertThat(received.get("/realms/tradosphere/protocol/openid-connect/token"))
                .contains("grant_type=password", "client_id=tradosphere&", "username=" + alice);
    }

    @Test
    void a_token_that_expires_soon_comes_from_a_client_with_that_lifetime() {
        // when
        tokens.token(alice.toString(), List.of(), Duration.ofSeconds(5));

        // then
        assertThat(received.get("/admin/realms/tradosphere/partialImport"))
                .contains("\"clientId\": \"tradosphere-5s\"")
                .contains("\"defaultClientScopes\": [\"tradosphere\"]")
                .contains("\"access.token.lifespan\": \"5\"");
        assertThat(received.get("/realms/tradosphere/protocol/openid-connect/token"))
                .contains("client_id=tradosphere-5s&");
    }

    @Test
    void a_subject_that_is_no_uuid_is_refused_in_one_line() {
        assertThatThrownBy(() -> tokens.token("somebody", List.of()))
                .isInstanceOf(StackException.class)
                .hasMessage("Keycloak's subjects are UUIDs, and 'somebody' is none.");
    }

    @Test
    void a_refused_import_is_reported_with_its_status() {
        importStatus = 403;

        assertThatThrownBy(() -> tokens.token(alice.toString(), List.of()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("did not create a user: status 403");
    }

    private void respond(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.put(path, exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        boolean isToken = path.endsWith("/token");
        byte[] response = (isToken ? "{\"access_token\":\"token-of-" + path.split("/", -1)[2] + "\"}" : "{}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isToken ? 200 : importStatus, response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }
}
