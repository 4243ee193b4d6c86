package io.tradosphere.cli.suite;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Ports;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Who listens where. The gateway's port is as asked; the others are the ones after it, or any free ones.
 *
 * @param gateway the gateway's
 * @param gatewayManagement where the gateway says how it is
 * @param services each service's replicas'
 * @param oidc the OIDC provider's
 * @param kafka the broker's
 * @param kafkaController where the broker talks to itself
 * @param postgres PostgreSQL's
 */
record PortPlan(
        int gateway,
        int gatewayManagement,
        Map<Slice, List<Integer>> services,
        int oidc,
        int kafka,
        int kafkaController,
        int postgres) {

    private static final int PER_REPLICA = 20;

    /**
     * Chooses.
     *
     * @throws StackException when the gateway's port is taken; one line with the remedy
     */
    static PortPlan choose(int gateway, int replicas) {
        refuseIfTaken(gateway);
        Ports ports = new Ports();
        ports.preferably(gateway);
        int next = gateway + 1;
        Map<Slice, List<Integer>> services = new EnumMap<>(Slice.class);
        for (Slice slice : Slice.values()) {
            int first = next++;
            services.put(
                    slice,
                    IntStream.range(0, replicas)
                            .map(replica -> ports.preferably(first + replica * PER_REPLICA))
                            .boxed()
                            .toList());
        }
        return new PortPlan(
                gateway,
                ports.preferably(next + 4),
                services,
                ports.preferably(next),
                ports.preferably(next + 1),
                ports.preferably(next + 2),
                ports.preferably(next + 3));
    }

    /** Says so when somebody else listens on the gateway's port. */
    static void refuseIfTaken(int gateway) {
        if (!Ports.isFree(gateway)) {
            throw new StackException(
                    "Port " + gateway
                            + " on 127.0.0.1 is taken by another program: stop that, or choose another port with: ./tradosphere up --port N");
        }
    }
}
