package io.tradosphere.bench.suite;

import io.tradosphere.bench.load.Target;
import java.util.Optional;

/**
 * The servers under load.
 *
 * @param gateway the suite's gateway
 * @param profileService called directly
 * @param signalService called directly
 * @param competitionService called directly
 * @param messagingService called directly
 * @param triggerGateway gateway of the trigger design; null when it does not run
 * @param fastify the Fastify service; null when it does not run
 * @param pipelined the same with pipelining
 */
public record Targets(
        Target gateway,
        Target profileService,
        Target signalService,
        Target competitionService,
        Target messagingService,
        Target triggerGateway,
        Target fastify,
        Target pipelined) {

    /** The targets of a suite and of the systems that run beside it. */
    public static Targets of(
            Endpoints endpoints,
            Optional<TriggerDesign> trigger,
            Optional<FastifyService> fastify,
            Optional<FastifyService> pipelined) {
        return new Targets(
                Target.of(endpoints.get("GATEWAY_URL")),
                Target.of(endpoints.get("PROFILE_SERVICE_URL")),
                Target.of(endpoints.get("SIGNAL_SERVICE_URL")),
                Target.of(endpoints.get("COMPETITION_SERVICE_URL")),
                Target.of(endpoints.get("MESSAGING_SERVICE_URL")),
                trigger.map(other -> Target.of(other.gatewayUrl())).orElse(null),
                fastify.map(other -> Target.of(other.url())).orElse(null),
                pipelined.map(other -> Target.of(other.url())).orElse(null));
    }
}
