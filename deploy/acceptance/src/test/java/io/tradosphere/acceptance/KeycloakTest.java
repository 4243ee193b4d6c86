package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak itself with the realm of compose.yaml, and profile-service that trusts it as compose.yaml says. */
@Tag("full")
class KeycloakTest {

    /** Keycloak compiles its configuration first. On a busy machine that alone took five minutes. */
    private static final Duration START = Duration.ofMinutes(15);

    private static final String OPERATOR = "tradosphere-operator";
    private static final int SHORT = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static KeycloakServer keycloak;
    private static KeycloakClient client;
    private static TestDatabase database;
    private static ServiceProcess service;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        keycloak = KeycloakServer.start(folder, keycloaksDatabase());
        await().atMost(START).until(keycloak::isReady);
        client = new KeycloakClient(keycloak.url(), keycloak.issuer(), keycloak.variable("TRADOSPHERE_APP_URL"));
        database = TestStack.get().newDatabase(Slice.PROFILE);
        int port = new Ports().any();
        url = "http://127.0.0.1:" + port;
        Map<String, String> environment = new HashMap<>(Map.of(
                "TRADOSPHERE_DB_URL",
                database.url(),
                "KAFKA_BOOTSTRAP_SERVERS",
                TestStack.get().kafkaBootstrap(),
                "TRADOSPHERE_KAFKA_PREFIX",
                "keycloak.",
                "QUARKUS_HTTP_PORT",
                String.valueOf(port),
                "TRADOSPHERE_MANAGEMENT_PORT",
                "0",
                "USERNAME_SECRET",
                "the key of digests of erased usernames"));
        for (Slice.Role role : Slice.Role.values()) {
            environment.put("TRADOSPHERE_DB_" + role + "_PASSWORD", database.password(Slice.PROFILE, role));
        }
        for (String variable :
                new String[] {"TRADOSPHERE_ENVIRONMENT", "OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_ROLE_CLAIM"}) {
            environment.put(variable, keycloak.ofServices(variable));
        }
        assertThat(environment).containsEntry("OIDC_ISSUER", keycloak.issuer());
        service = ServiceProcess.start(Slice.PROFILE, port, environment);
        await().atMost(START).until(service::isReady);
    }

    @AfterAll
    static void stop() throws SQLException {
        if (service != null) {
            service.close();
        }
        if (database != null) {
            database.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        execute("DROP DATABASE IF EXISTS " + keycloaks() + " WITH (FORCE)", "DROP ROLE IF EXISTS " + keycloaks());
    }

    @Test
    void somebody_who_signs_in_by_the_code_flow_is_known_to_the_service() throws Exception {
        // When
        String token = signIn("alice");
        int created =
                call("POST", "/v1/profiles", token, "{\"username\":\"alice\"}").statusCode();
        HttpResponse<String> me = call("GET", "/v1/profiles/me", token, null);
        // Then
        assertThat(created).isEqualTo(201);
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.body()).contains(subject(token));
        assertThat(call("GET", "/v1/profiles/me", null, null).statusCode()).isEqualTo(401);
    }

    @Test
    void the_realm_takes_no_request_without_pkce_and_no_wrong_password() throws Exception {
        assertThat(client.authorize(Map.of()).headers().firstValue("Location").orElse(""))
                .contains("error=invalid_request");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.signIn("alice", "guessed")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void roles_in_keycloaks_own_claim_make_an_administrator_and_nothing_else_does() throws Exception {
        // Given
        String bob = signIn("bob");
        call("POST", "/v1/profiles", bob, "{\"username\":\"bob\"}");
        String tier = "/v1/profiles/" + subject(bob) + "/tier";
        String admin = signIn("admin");
        String program = client.program(OPERATOR, keycloak.variable("TRADOSPHERE_OPERATOR_SECRET"));
        // Then
        assertThat(KeycloakClient.part(admin, 1).at("/realm_access/roles"))
                .anyMatch(role -> role.textValue().equals("platform-admin"));
        assertThat(KeycloakClient.part(admin, 1).has("roles")).isFalse();
        assertThat(call("PUT", tier, bob, "{\"tier\":\"elite\"}").statusCode()).isEqualTo(403);
        assertThat(call("PUT", tier, admin, "{\"tier\":\"elite\"}").statusCode())
                .isBetween(200, 204);
        assertThat(call("PUT", tier, program, "{\"tier\":\"grow\"}").statusCode())
                .isBetween(200, 204);
    }

    @Test
    void a_new_signing_key_is_taken_while_all_runs_and_tokens_of_the_old_one_until_they_expire() throws Exception {
        // Given
        String before = signIn("alice");
        assertThat(read(before)).isNotEqualTo(401);
        letTokensOfProgramsLive(SHORT);
        String shortLived = client.program(OPERATOR, keycloak.variable("TRADOSPHERE_OPERATOR_SECRET"));
        letTokensOfProgramsLive(300);
        // When
        administer("POST", "/components", """
                {"name": "rotated", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["1000"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"],
                            "keySize": ["2048"]}}""");
        String after = signIn("alice");
        // Then
        assertThat(key(after)).isNotEqualTo(key(before));
        assertThat(key(shortLived)).isEqualTo(key(before));
        assertThat(read(after)).isNotEqualTo(401);
        assertThat(read(before)).isNotEqualTo(401);
        await().atMost(Duration.ofMinutes(2)).until(() -> read(shortLived) == 401);
        assertThat(read(before)).isNotEqualTo(401);
    }

    private static void letTokensOfProgramsLive(int seconds) throws Exception {
        JsonNode found = administer("GET", "/clients?clientId=" + OPERATOR, "").get(0);
        ((ObjectNode) found.get("attributes")).put("access.token.lifespan", String.valueOf(seconds));
        administer("PUT", "/clients/" + found.get("id").textValue(), found.toString());
    }

    private static JsonNode administer(String method, String path, String body) throws Exception {
        return client.administer(keycloak.variable("KEYCLOAK_ADMIN_PASSWORD"), method, path, body);
    }

    private static String signIn(String name) throws Exception {
        return client.signIn(name, keycloak.variable(name.toUpperCase(java.util.Locale.ROOT) + "_PASSWORD"));
    }

    /** The status of a request that anybody with a valid token may send. It is 404 for who has no profile. */
    private static int read(String token) throws Exception {
        return call("GET", "/v1/profiles/me", token, null).statusCode();
    }

    private static HttpResponse<String> call(String method, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String subject(String token) throws Exception {
        return KeycloakClient.part(token, 1).get("sub").textValue();
    }

    private static String key(String token) throws Exception {
        return KeycloakClient.part(token, 0).get("kid").textValue();
    }

    private static String keycloaks() {
        return "keycloak_" + ProcessHandle.current().pid();
    }

    private static Address keycloaksDatabase() throws SQLException {
        String password = UUID.randomUUID().toString();
        execute(
                "CREATE ROLE " + keycloaks() + " LOGIN PASSWORD '" + password + "'",
                "CREATE DATABASE " + keycloaks() + " OWNER " + keycloaks());
        return superuser().in(keycloaks()).as(keycloaks(), password);
    }

    private static Address superuser() {
        return Address.parse(TestStack.get().postgresSuperuserUrl());
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = superuser().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
