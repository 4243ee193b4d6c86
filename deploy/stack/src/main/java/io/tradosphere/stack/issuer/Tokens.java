package io.tradosphere.stack.issuer;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real tokens of the local OIDC provider, for anybody and with any roles. */
public final class Tokens {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final String PEOPLE = "https://tradosphere.io/people/";
    private static final UUID URL_NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String issuer;

    /** @param issuer the provider's issuer URL */
    public Tokens(String issuer) {
        this.issuer = issuer;
    }

    /** The id of the person of that name: always the same one (a UUID of version 5); a UUID is taken as it is. */
    public static UUID profileId(String name) {
        return name.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? UUID.fromString(name)
                : version5(URL_NAMESPACE, PEOPLE + name);
    }

    /**
     * A token (JWT) of this subject.
     *
     * @param sub the subject, any text
     * @param roles what the {@code roles} claim lists
     * @throws StackException when the provider doesn't answer; one line
     */
    public String token(String sub, Collection<String> roles) {
        return token(sub, roles, LIFETIME);
    }

    /**
     * A token (JWT) of this subject that expires soon.
     *
     * @param sub the subject, any text
     * @param roles what the {@code roles} claim lists
     * @param lifetime to the second
     * @throws StackException when the provider doesn't answer; one line
     */
    public String token(String sub, Collection<String> roles, Duration lifetime) {
        String form = form(List.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "tradosphere",
                "client_secret",
                "none",
                "sub",
                sub,
                "roles",
                String.join(",", roles),
                "lifetime",
                String.valueOf(lifetime.toSeconds())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher token = ACCESS_TOKEN.matcher(answer);
            if (!token.find()) {
                throw new StackException("The OIDC provider at " + issuer + " gave no token: " + answer);
            }
            return token.group(1);
        } catch (IOException e) {
            throw new StackException("The OIDC provider at " + issuer + " does not answer; is the suite up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking for a token", e);
        }
    }

    private static String form(List<String> pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.size(); i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(pairs.get(i))
                    .append('=')
                    .append(URLEncoder.encode(pairs.get(i + 1), StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private static UUID version5(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
