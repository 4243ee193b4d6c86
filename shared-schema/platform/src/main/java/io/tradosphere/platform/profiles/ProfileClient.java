package io.tradosphere.platform.profiles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * An HTTP client of profile-service that refreshes the slice's profile replica. The replica may lag. A service refreshes it here
 * before it refuses a request because of it.
 */
@ApplicationScoped
public class ProfileClient {

    private static final Logger LOG = Logger.getLogger(ProfileClient.class);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final TypeReference<List<ProfileVersionedState>> STATES = new TypeReference<>() {};

    private final SliceDatabase slice;
    private final WebClient client;
    private final ObjectMapper json;
    private final List<String> baseUrls;

    ProfileClient(
            SliceDatabase slice,
            Vertx vertx,
            ObjectMapper json,
            @ConfigProperty(name = "tradosphere.profile-service.url") List<String> baseUrls) {
        this.slice = slice;
        this.json = json;
        this.baseUrls = baseUrls;
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
    }

    /**
     * Refreshes the replica for these profile ids. Ids without a profile stay unknown.
     *
     * @throws Problem {@code profiles-away} (503) when profile-service is unreachable
     */
    public Uni<Void> refresh(UUID... profileIds) {
        String query = Arrays.stream(profileIds).distinct().map(UUID::toString).collect(Collectors.joining(","));
        return fetch(baseUrls.iterator().next(), baseUrls.stream().skip(1), query)
                .chain(states -> slice.asWorker(tx -> ProfileReplica.upsert(tx, states)));
    }

    private Uni<List<ProfileVersionedState>> fetch(String baseUrl, Stream<String> others, String profileIds) {
        List<String> remaining = others.toList();
        return client.getAbs(baseUrl + "/internal/v1/profiles")
                .addQueryParam("ids", profileIds)
                .timeout(TIMEOUT_MILLIS)
                .send()
                .map(this::states)
                .onFailure()
                .recoverWithUni(failure -> {
                    if (!remaining.isEmpty()) {
                        return fetch(remaining.get(0), remaining.stream().skip(1), profileIds);
                    }
                    LOG.warnf("profile-service is unreachable at %s: %s", baseUrl, failure.getMessage());
                    return Uni.createFrom()
                            .failure(
                                    ProblemKind.PROFILES_AWAY.because("The profiles cannot be checked at the moment."));
                });
    }

    private List<ProfileVersionedState> states(HttpResponse<?> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("unexpected status " + response.statusCode());
        }
        try {
            return json.readValue(response.bodyAsString(), STATES);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("unreadable response: " + unreadable.getOriginalMessage(), unreadable);
        }
    }
}
