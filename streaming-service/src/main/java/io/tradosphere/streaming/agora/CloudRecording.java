package io.tradosphere.streaming.agora;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A client of Agora's cloud recording. A call is made once and timed out. A recorder that finds nobody in its channel for 30
 * seconds stops by itself, so none outlives its stream for long, whatever happens here.
 */
@ApplicationScoped
public class CloudRecording {

    private static final Logger LOG = Logger.getLogger(CloudRecording.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 8_000;
    private static final int RESOURCE_HOURS = 24;
    private static final int IDLE_SECONDS = 30;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final String OK = "ok";
    private static final String REFUSED = "refused";
    private static final String AWAY = "away";

    private final AgoraConfig config;
    private final Tokens tokens;
    private final WebClient client;
    private final MeterRegistry metrics;

    /**
     * A recording at Agora.
     *
     * @param resourceId what it runs on
     * @param id Agora's id of the recording, the {@code sid}
     */
    public record Recording(String resourceId, String id) {}

    CloudRecording(AgoraConfig config, Tokens tokens, MeterRegistry metrics, Vertx vertx) {
        this.metrics = metrics;
        this.config = config;
        this.tokens = tokens;
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    /** Registers the metrics, so that the first failure is an increase. */
    void register(@Observes StartupEvent started) {
        for (String operation : List.of("acquire", "start", "stop", "query")) {
            List.of(OK, REFUSED, AWAY).forEach(outcome -> timer(operation, outcome));
        }
    }

    /**
     * Starts a recording of a channel.
     *
     * @throws Problem {@code agora-away} (503) when Agora is away or recording is not set up, {@code agora-refused} (409)
     */
    public Uni<Recording> start(String channel) {
        if (!isSetUp()) {
            return Uni.createFrom()
                    .failure(() -> ProblemKind.AGORA_AWAY.because("Recording is not set up in this installation."));
        }
        JsonObject acquire = request(
                channel,
                new JsonObject().put("resourceExpiredHour", RESOURCE_HOURS).put("scene", 0));
        return post("acquire", "/acquire", acquire)
                .map(acquired -> text(acquired, "resourceId"))
                .chain(resource -> post(
                                "start",
                                "/resourceid/" + resource + "/mode/mix/start",
                                request(channel, settings(channel)))
                        .map(started -> new Recording(resource, text(started, "sid"))));
    }

    /**
     * Stops a recording. One that runs no more is stopped already.
     *
     * @throws Problem {@code agora-away} (503), {@code agora-refused} (409)
     */
    public Uni<Void> stop(String channel, Recording recording) {
        return send("stop", client.postAbs(url(path(recording) + "/stop")), request(channel, new JsonObject()))
                .invoke(answer -> {
                    if (answer.statusCode() != NOT_FOUND) {
                        requireSuccess(answer);
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Whether a recording runs.
     *
     * @throws Problem {@code agora-away} (503), {@code agora-refused} (409)
     */
    public Uni<Boolean> isRunning(Recording recording) {
        return send("query", client.getAbs(url(path(recording) + "/query")), null)
                .map(answer -> {
                    if (answer.statusCode() == NOT_FOUND) {
                        return false;
                    }
                    requireSuccess(answer);
                    return true;
                });
    }

    private boolean isSetUp() {
        AgoraConfig.Storage storage = config.storage();
        return config.customerKey().isPresent()
                && config.customerSecret().isPresent()
                && storage.vendor().isPresent()
                && storage.region().isPresent()
                && storage.bucket().isPresent()
                && storage.accessKey().isPresent()
                && storage.secretKey().isPresent();
    }

    private static JsonObject request(String channel, JsonObject content) {
        return new JsonObject()
                .put("cname", channel)
                .put("uid", String.valueOf(Tokens.RECORDER))
                .put("clientRequest", content);
    }

    private JsonObject settings(String channel) {
        AgoraConfig.Storage storage = config.storage();
        return new JsonObject()
                .put("token", tokens.recorder(channel).token())
                // Channel type 1: one broadcasts, others watch.
                .put("recordingConfig", new JsonObject().put("channelType", 1).put("maxIdleTime", IDLE_SECONDS))
                .put(
                        "storageConfig",
                        new JsonObject()
                                .put("vendor", storage.vendor().orElseThrow())
                                .put("region", storage.region().orElseThrow())
                                .put("bucket", storage.bucket().orElseThrow())
                                .put("accessKey", storage.accessKey().orElseThrow())
                                .put("secretKey", storage.secretKey().orElseThrow()));
    }

    private Uni<JsonObject> post(String operation, String path, JsonObject body) {
        return send(operation, client.postAbs(url(path)), body).map(answer -> {
            requireSuccess(answer);
            try {
                return answer.bodyAsJsonObject();
            } catch (DecodeException unreadable) {
                throw away("unreadable answer");
            }
        });
    }

    private Uni<HttpResponse<Buffer>> send(String operation, HttpRequest<Buffer> request, JsonObject body) {
        Timer.Sample call = Timer.start(metrics);
        HttpRequest<Buffer> authorized = request.timeout(ANSWER_MILLIS)
                .authentication(new UsernamePasswordCredentials(
                        config.customerKey().orElse(""), config.customerSecret().orElse("")));
        return (body == null ? authorized.send() : authorized.sendJsonObject(body))
                .onItemOrFailure()
                .invoke((answer, failure) -> end(call, operation, answer))
                .onFailure()
                .transform(failure -> away(failure.getMessage()));
    }

    private void end(Timer.Sample call, String operation, HttpResponse<Buffer> answer) {
        call.stop(timer(operation, answer == null ? AWAY : outcome(answer.statusCode())));
    }

    private Timer timer(String operation, String outcome) {
        return Timer.builder("tradosphere.agora.calls")
                .description("Calls to Agora's cloud recording")
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** A recording that is not found has ended, which is an answer. */
    private static String outcome(int status) {
        if (status / 100 == 2 || status == NOT_FOUND) {
            return OK;
        }
        return isRefusal(status) ? REFUSED : AWAY;
    }

    private static boolean isRefusal(int status) {
        return status / 100 == 4 && status != TOO_MANY;
    }

    private static void requireSuccess(HttpResponse<Buffer> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return;
        }
        if (isRefusal(status)) {
            LOG.warnf("Agora refused a call for a recording with status %d: %s", status, answer.bodyAsString());
            throw ProblemKind.AGORA_REFUSED.because("Agora answered with status " + status + ".");
        }
        throw away("status " + status);
    }

    private static Problem away(String reason) {
        LOG.warnf("Agora's recording does not answer: %s", reason);
        return ProblemKind.AGORA_AWAY.because("Agora's recording does not answer.");
    }

    private static String text(JsonObject answer, String field) {
        if (answer != null && answer.getValue(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw away("an answer without " + field);
    }

    private String url(String path) {
        return config.apiBase() + "/v1/apps/" + config.appId() + "/cloud_recording" + path;
    }

    private static String path(Recording recording) {
        return "/resourceid/" + recording.resourceId() + "/sid/" + recording.id() + "/mode/mix";
    }
}
