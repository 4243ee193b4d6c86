package io.tradosphere.platform.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
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
 * Asks profile-service about people whom the slice's copy does not know, or not well enough. A copy that lags is not the
 * caller's trouble: whoever is about to refuse somebody on its word asks here first and decides again.
 */
@ApplicationScoped
public class People {

    private static final Logger LOG = Logger.getLogger(People.class);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final TypeReference<List<PersonState>> STATES = new TypeReference<>() {};

    private final Slice slice;
    private final WebClient client;
    private final ObjectMapper json;
    private final List<String> services;

    People(
            Slice slice,
            Vertx vertx,
            ObjectMapper json,
            @ConfigProperty(name = "tradosphere.profile-service.url") List<String> services) {
        this.slice = slice;
        this.json = json;
        this.services = services;
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
    }

    /**
     * Brings the copy up to date for these people; whoever has no profile stays unknown.
     *
     * @throws Problem {@code profiles-away} (503) when profile-service cannot be asked
     */
    public Uni<Void> refresh(UUID... people) {
        String query = Arrays.stream(people).distinct().map(UUID::toString).collect(Collectors.joining(","));
        return ask(services.iterator().next(), services.stream().skip(1), query)
                .chain(states -> slice.work(tx -> PeopleCopy.takeOver(tx, states)));
    }

    private Uni<List<PersonState>> ask(String service, Stream<String> others, String people) {
        List<String> remaining = others.toList();
        return client.getAbs(service + "/internal/v1/profiles")
                .addQueryParam("ids", people)
                .timeout(TIMEOUT_MILLIS)
                .send()
                .map(this::states)
                .onFailure()
                .recoverWithUni(failure -> {
                    if (!remaining.isEmpty()) {
                        return ask(remaining.get(0), remaining.stream().skip(1), people);
                    }
                    LOG.warnf("profile-service cannot be asked at %s: %s", service, failure.getMessage());
                    return Uni.createFrom()
                            .failure(Problems.PROFILES_AWAY.because(
                                    "Whether these profiles exist cannot be found out right now."));
                });
    }

    private List<PersonState> states(HttpResponse<?> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("it answers " + response.statusCode());
        }
        try {
            return json.readValue(response.bodyAsString(), STATES);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(
                    "its answer cannot be read: " + unreadable.getOriginalMessage(), unreadable);
        }
    }
}
