package io.tradosphere.stack.oidc;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;

/**
 * A token callback that grants the requested token without any check. Form parameters: {@code sub}, {@code roles}
 * (separated by commas or spaces), {@code audience} (default {@code tradosphere}) and {@code lifetime} in seconds
 * (default 30 days).
 */
final class AnyToken implements OAuth2TokenCallback {

    static final String ISSUER = "tradosphere";
    private static final String AUDIENCE = "tradosphere";

    @Override
    public String issuerId() {
        return ISSUER;
    }

    @Override
    public String subject(TokenRequest request) {
        return parameter(request, "sub", UUID.randomUUID().toString());
    }

    @Override
    public String typeHeader(TokenRequest request) {
        return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
        return words(parameter(request, "audience", AUDIENCE));
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
        String lifetime = parameter(request, "lifetime", String.valueOf(tokenExpiry()));
        return Map.of(
                "roles",
                words(parameter(request, "roles", "")),
                "exp",
                Date.from(Instant.now().plusSeconds(Long.parseLong(lifetime))));
    }

    @Override
    public long tokenExpiry() {
        return Duration.ofDays(30).toSeconds();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String parameter(TokenRequest request, String name, String otherwise) {
        List<String> values = request.getCustomParameter(name);
        return values == null || values.isEmpty() || values.get(0).isBlank() ? otherwise : values.get(0);
    }
}
