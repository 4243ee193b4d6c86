package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser app, a program and an administrator do at Keycloak. */
final class KeycloakClient {

    /** The browser app and its address. */
    static final String APP = "tradosphere-app";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*login-actions/authenticate[^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String issuer;
    private final String callback;

    /**
     * @param url Keycloak's address
     * @param issuer the realm's
     * @param app the app's address
     */
    KeycloakClient(String url, String issuer, String app) {
        this.url = url;
        this.issuer = issuer;
        this.callback = app + "/callback";
    }

    /** Signs somebody in by the code flow with PKCE, as a browser follows it, and returns the access token. */
    String signIn(String user, String password) throws Exception {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        HttpResponse<String> page = authorize(Map.of("code_challenge", challenge, "code_challenge_method", "S256"));
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        // By hand: the server marks its cookies Secure, since browsers take localhost for secure.
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        HttpResponse<String> signedIn =
                send(form(form.group(1).replace("&amp;", "&"), Map.of("username", user, "password", password))
                        .header("Cookie", cookies)
                        .build());
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        String location = signedIn.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(callback + "?").contains("state=mine");
        String code = location.replaceAll(".*[?&]code=([^&]+).*", "$1");
        return accessToken(Map.of(
                "grant_type", "authorization_code",
                "client_id", APP,
                "redirect_uri", callback,
                "code", code,
                "code_verifier", verifier));
    }

    /** The response to the request that begins the code flow. */
    HttpResponse<String> authorize(Map<String, String> more) throws Exception {
        String query = encoded(Map.of(
                "response_type", "code",
                "client_id", APP,
                "redirect_uri", callback,
                "scope", "openid",
                "state", "mine"));
        return send(HttpRequest.newBuilder(
                        URI.create(issuer + "/protocol/openid-connect/auth?" + query + "&" + encoded(more)))
                .build());
    }

    /** The access token of a program. */
    String program(String client, String secret) throws Exception {
        return accessToken(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
    }

    /** A call of Keycloak's admin REST API, as its administrator. It must succeed. */
    JsonNode administer(String password, String method, String path, String body) throws Exception {
        HttpResponse<String> token = send(form(
                        url + "/realms/master/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                "admin",
                                "password",
                                password))
                .build());
        assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(url + "/admin/realms/tradosphere" + path))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + JSON.readTree(token.body())
                                                .get("access_token")
                                                .textValue())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    /** A part of a token: 0 its header, 1 its claims. */
    static JsonNode part(String token, int part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("[.]")[part]));
    }

    private String accessToken(Map<String, String> form) throws Exception {
        HttpResponse<String> response =
                send(form(issuer + "/protocol/openid-connect/token", form).build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).get("access_token").textValue();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder form(String url, Map<String, String> form) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }

    private static String encoded(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
