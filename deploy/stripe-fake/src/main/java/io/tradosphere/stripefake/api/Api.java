package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.journal.Journal;
import io.tradosphere.stripefake.state.Ids;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Store;
import io.tradosphere.stripefake.state.World;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers {@code /v1}: who calls, how often, whether it was asked before, what goes wrong, and then the call itself. */
public final class Api {

    private final World world;
    private final Routes routes;
    private final Expansion expansion;
    private final Faults faults;
    private final IdempotencyKeys keys = new IdempotencyKeys();
    private final Ids requestIds;
    private final Journal journal;

    /**
     * @param world what the calls act on
     * @param routes the calls
     * @param expansion what {@code expand} adds
     * @param faults what goes wrong
     * @param journal keeps what may have changed something
     */
    public Api(World world, Routes routes, Expansion expansion, Faults faults, Journal journal) {
        this.world = world;
        this.routes = routes;
        this.expansion = expansion;
        this.faults = faults;
        this.journal = journal;
        this.requestIds = new Ids(world.settings().seed() + 1);
    }

    /** The answer to a request. */
    public CompletionStage<HttpAnswer> answer(HttpRequest request) {
        String requestId = requestId();
        Faults.Fault fault = Faults.Fault.NONE;
        String key = request.method().equals("POST") ? request.header("idempotency-key") : null;
        String owner = String.valueOf(request.header("stripe-account"));
        Caller caller;
        try {
            long now;
            synchronized (world) {
                caller = Caller.of(request, world);
                now = world.clock().now();
            }
            if (faults.tooMany()) {
                throw tooMany();
            }
            if (key != null) {
                HttpAnswer first = keys.claim(owner, key, request, now);
                if (first != null) {
                    return done(first.with("idempotent-replayed", "true")
                            .with("idempotency-key", key)
                            .with("original-request", first.headers().get("request-id"))
                            .with("request-id", requestId));
                }
            }
            fault = faults.next(request.method(), request.path());
        } catch (StripeError refused) {
            return done(refusal(refused, requestId));
        }
        Faults.Fault wrong = fault;
        Supplier<HttpAnswer> work = () -> {
            if (!wrong.after() && (wrong.status() != 0 || wrong.drop())) {
                settle(owner, key, null);
                return wrong.drop() ? HttpAnswer.NONE : refusal(failure(wrong.status()), requestId);
            }
            HttpAnswer answer = request.method().equals("GET")
                    ? work(request, caller, key, owner, requestId)
                    : journal.keeping(world, request, () -> work(request, caller, key, owner, requestId));
            return !wrong.after() || (wrong.status() == 0 && !wrong.drop())
                    ? answer
                    : wrong.drop() ? HttpAnswer.NONE : refusal(failure(wrong.status()), requestId);
        };
        if (!wrong.isHeldBack()) {
            return done(work.get());
        }
        if (wrong.after()) {
            HttpAnswer answer = work.get();
            return wrong.over().thenApply(over -> answer);
        }
        return wrong.over().thenApply(over -> work.get());
    }

    /** Does the work of a request of the journal again. */
    public void repeat(HttpRequest request) {
        String key = request.method().equals("POST") ? request.header("idempotency-key") : null;
        String owner = String.valueOf(request.header("stripe-account"));
        if (key != null) {
            keys.claim(owner, key, request, world.clock().now());
        }
        work(request, Caller.of(request, world), key, owner, requestId());
    }

    private HttpAnswer work(HttpRequest request, Caller caller, String key, String owner, String requestId) {
        HttpAnswer answer;
        boolean keep = true;
        try {
            answer = HttpAnswer.json(200, call(request, caller, key, requestId));
        } catch (StripeError refused) {
            answer = refusal(refused, requestId);
            keep = !refused.beforeWork();
        } catch (RuntimeException broken) {
            // The fake's own fault. Stripe's word for that is api_error.
            if (!(broken instanceof Store.Full)) {
                broken.printStackTrace();
            }
            answer = refusal(
                    StripeError.of(500, "api_error", null, "The fake failed: " + broken.getMessage(), null, false),
                    requestId);
        }
        answer = answer.with("request-id", requestId).with("stripe-version", caller.version());
        if (request.header("stripe-account") != null) {
            answer = answer.with("stripe-account", caller.account());
        }
        if (key != null) {
            answer = answer.with("idempotency-key", key);
        }
        settle(owner, key, keep ? answer : null);
        return answer;
    }

    private JsonNode call(HttpRequest request, Caller caller, String key, String requestId) {
        Routes.Match match = routes.find(request.method(), request.path()).orElseThrow(() -> unknown(request));
        String type = request.header("content-type");
        if (!request.body().isEmpty() && (type == null || !type.startsWith("application/x-www-form-urlencoded"))) {
            throw StripeError.parameter(
                    null,
                    "Invalid request (check that your POST content type is application/x-www-form-urlencoded).",
                    null);
        }
        ObjectNode given = Form.parse(request.method().equals("POST") ? request.body() : request.query());
        if (request.method().equals("DELETE") && !request.body().isEmpty()) {
            given.setAll(Form.parse(request.body()));
        }
        Params params = new Params((ObjectNode) match.route().shape().typed("", given));
        synchronized (world) {
            world.answering(requestId, key);
            try {
                Call call = new Call(world, caller.account(), match.path(), params);
                return expansion.expanded(world, match.route().handler().answer(call), params.texts("expand"));
            } finally {
                world.idle();
            }
        }
    }

    private void settle(String owner, String key, HttpAnswer answer) {
        if (key != null) {
            keys.settle(owner, key, answer);
        }
    }

    private String requestId() {
        synchronized (requestIds) {
            return requestIds.next("req_", 14);
        }
    }

    private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static HttpAnswer refusal(StripeError refused, String requestId) {
        ObjectNode error = refused.error().deepCopy();
        error.put("request_log_url", "https://dashboard.stripe.com/test/logs/" + requestId);
        HttpAnswer answer =
                HttpAnswer.json(refused.status(), Json.object("error", error)).with("request-id", requestId);
        return refused.status() == 401
                ? answer.with("www-authenticate", "Bearer realm=\"Stripe\"")
                : refused.status() == 429 ? answer.with("stripe-rate-limited-reason", "global-rate") : answer;
    }

    private static StripeError unknown(HttpRequest request) {
        return StripeError.of(
                404,
                "invalid_request_error",
                null,
                "Unrecognized request URL (" + request.method() + ": " + request.path()
                        + "). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
                null,
                true);
    }

    private static StripeError failure(int status) {
        return status == 429
                ? tooMany()
                : StripeError.of(
                        status,
                        status == 409 ? "invalid_request_error" : "api_error",
                        status == 409 ? "lock_timeout" : null,
                        status == 409
                                ? "This object cannot be accessed right now because another API request or Stripe"
                                        + " process is currently accessing it."
                                : "An unknown error occurred. This was asked of the fake (POST /_fake/faults).",
                        null,
                        true);
    }

    private static StripeError tooMany() {
        return StripeError.of(
                429,
                "invalid_request_error",
                "rate_limit",
                "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
                null,
                true);
    }
}
