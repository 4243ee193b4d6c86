package io.tradosphere.stack.issuer;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Access tokens that Keycloak itself signs, for users whose ids the caller chooses.
 *
 * <p>Keycloak's {@code sub} is the id of a user. A partial import through its admin API is the one way to create a user with a
 * given id, so each token is preceded by one: it creates the user, or replaces the one of that id with these roles. The token then
 * comes from a password grant. A lifetime other than the usual is a setting of a client, so it gets a client of its own.
 */
public final class KeycloakTokens implements TokenSource {

    /** The realm, its client and the client scope that holds the claims, as the imported realm file names them. */
    public static final String REALM = "tradosphere";

    /** The administrator's name, in the realm {@code master}. */
    public static final String ADMIN = "admin";

    private static final String REALMS = "/realms/";
    private static final String TOKEN = "/protocol/openid-connect/token";
    private static final String ROLE_NAME = "[A-Za-z0-9_-]+";
    private static final String PASSWORD = "password";
    /** An administrator's token lives for a minute. */
    private static final Duration ADMIN_TOKEN_REUSED = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String server;
    private final TokenEndpoint users;
    private final TokenEndpoint administrators;
    private final String adminPassword;
    private String adminToken;
    private long adminTokenTime;

    /**
     * @param issuer the realm's issuer URL, which ends in {@code /realms/tradosphere}
     * @param adminPassword the password of {@link #ADMIN}
     */
    public KeycloakTokens(String issuer, String adminPassword) {
        this.server = issuer.substring(0, issuer.lastIndexOf(REALMS));
        this.users = new TokenEndpoint(issuer + TOKEN);
        this.administrators = new TokenEndpoint(server + REALMS + "master" + TOKEN);
        this.adminPassword = adminPassword;
    }

    /**
     * {@inheritDoc}
     *
     * @param sub a UUID
     * @throws StackException also when the subject is no UUID
     */
    @Override
    public synchronized String token(String sub, Collection<String> roles, Duration lifetime) {
        UUID user = userId(sub);
        String client = lifetime.equals(LIFETIME) ? REALM : REALM + "-" + lifetime.toSeconds() + "s";
        String clients = client.equals(REALM) ? "" : client(client, lifetime);
        partialImport("""
                {"ifResourceExists": "OVERWRITE", "users": [%s], "clients": [%s]}""".formatted(user(user, roles), clients));
        return users.accessToken(List.of(
                "grant_type", "password", "client_id", client, "username", user.toString(), PASSWORD, PASSWORD));
    }

    private static UUID userId(String sub) {
        try {
            return UUID.fromString(sub);
        } catch (IllegalArgumentException notOne) {
            throw new StackException("Keycloak's subjects are UUIDs, and '" + sub + "' is none.", notOne);
        }
    }

    /** Email and names are there because Keycloak gives no token to a user whose profile lacks them. */
    private static String user(UUID id, Collection<String> roles) {
        return """
                {"id": "%1$s", "username": "%1$s", "enabled": true, "email": "%1$s@users.invalid", "emailVerified": true,
                 "firstName": "Test", "lastName": "User", "realmRoles": [%2$s],
                 "credentials": [{"type": "password", "value": "password", "temporary": false}]}""".formatted(id, roles.stream().map(KeycloakTokens::quoted).collect(Collectors.joining(", ")));
    }

    private static String client(String id, Duration lifetime) {
        return """
                {"clientId": "%s", "publicClient": true, "standardFlowEnabled": false, "directAccessGrantsEnabled": true,
                 "fullScopeAllowed": true, "defaultClientScopes": ["%s"], "optionalClientScopes": [],
                 "attributes": {"access.token.lifespan": "%d"}}""".formatted(id, REALM, lifetime.toSeconds());
    }

    private static String quoted(String role) {
        if (!role.matches(ROLE_NAME)) {
            throw new StackException("A role's name is letters, digits, - and _, and '" + role + "' is none.");
        }
        return '"' + role + '"';
    }

    private String adminToken() {
        if (adminToken == null || System.nanoTime() - adminTokenTime > ADMIN_TOKEN_REUSED.toNanos()) {
            adminTokenTime = System.nanoTime();
            adminToken = administrators.accessToken(List.of(
                    "grant_type", "password", "client_id", "admin-cli", "username", ADMIN, PASSWORD, adminPassword));
        }
        return adminToken;
    }

    private void partialImport(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/admin/realms/" + REALM + "/partialImport"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StackException("Keycloak at " + server + " did not create a user: status "
                        + response.statusCode() + ", " + response.body());
            }
        } catch (IOException e) {
            throw new StackException("Keycloak at " + server + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while a user was created", e);
        }
    }
}
