package io.tradosphere.billing.returnurl;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The allowed origins of return addresses. Stripe's pages send a person on to such an address, so an address of a
 * stranger's would make the platform an open redirect.
 */
@ApplicationScoped
public class ReturnOrigins {

    private static final String ANY_PORT = ":*";

    private final List<String> origins;

    /** @param origins such as {@code https://app.example.com}; {@code :*} at the end means any port */
    ReturnOrigins(@ConfigProperty(name = "tradosphere.return-origins") List<String> origins) {
        this.origins = origins.stream().map(String::strip).toList();
    }

    /**
     * Requires that addresses have an allowed origin.
     *
     * @param addresses the addresses by their fields' names
     * @throws Problem {@code invalid-request} (400) that names the fields
     */
    public void require(Map<String, String> addresses) {
        List<Violation> violations = new TreeMap<>(addresses)
                .entrySet().stream()
                        .filter(address -> !isAllowed(address.getValue()))
                        .map(address -> new Violation(
                                address.getKey(),
                                "has an origin of the platform's apps, one of " + String.join(", ", origins)))
                        .toList();
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The request has invalid fields.", violations);
        }
    }

    private boolean isAllowed(String address) {
        return origin(address)
                .filter(origin -> origins.stream()
                        .anyMatch(allowed -> allowed.endsWith(ANY_PORT)
                                ? origin.replaceFirst(":[0-9]+$", "")
                                        .equals(allowed.substring(0, allowed.length() - ANY_PORT.length()))
                                : origin.equals(allowed)))
                .isPresent();
    }

    private static Optional<String> origin(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() == null || uri.getRawUserInfo() != null
                    ? Optional.empty()
                    : Optional.of(
                            uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
