package io.tradosphere.bench.suite;

import io.tradosphere.bench.load.Target;
import java.util.Optional;

/**
 * Who can be called.
 *
 * @param gateway the suite's
 * @param profileService the suite's, past its gateway
 * @param signalService the suite's, past its gateway
 * @param competitionService the suite's, past its gateway
 * @param triggerGateway that of the trigger design; null when it doesn't run
 * @param fastify the hand-written service; null when it doesn't run
 * @param pipelined the same with pg's pipelining
 */
public record Targets(
        Target gateway,
        Target profileService,
        Target signalService,
        Target competitionService,
        Target triggerGateway,
        Target fastify,
        Target pipelined) {

    /** What a suite and the competitors that run beside it say of themselves. */
    public static Targets of(
            Endpoints endpoints,
            Optional<Competitor> trigger,
            Optional<FastifyService> fastify,
            Optional<FastifyService> pipelined) {
        return new Targets(
                Target.of(endpoints.get("GATEWAY_URL")),
                Target.of(endpoints.get("PROFILE_SERVICE_URL")),
                Target.of(endpoints.get("SIGNAL_SERVICE_URL")),
                Target.of(endpoints.get("COMPETITION_SERVICE_URL")),
                trigger.map(other -> Target.of(other.gatewayUrl())).orElse(null),
                fastify.map(other -> Target.of(other.url())).orElse(null),
                pipelined.map(other -> Target.of(other.url())).orElse(null));
    }
}
