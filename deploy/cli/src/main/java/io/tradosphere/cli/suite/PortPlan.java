package io.tradosphere.cli.suite;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The port of each process. The gateway's port is fixed. The others follow it, or are any free ports.
 *
 * @param gateway the gateway's port
 * @param gatewayManagement the port of the gateway's health and metrics
 * @param services the ports of each service's replicas
 * @param management the management ports of each service's replicas
 * @param oidc the OIDC provider's port
 * @param kafka the broker's port for clients
 * @param kafkaController the broker's controller port
 * @param postgres PostgreSQL's port
 * @param stripe the port of the fake of Stripe
 */
record PortPlan(
        int gateway,
        int gatewayManagement,
        Map<Slice, List<Integer>> services,
        Map<Slice, List<Integer>> management,
        int oidc,
        int kafka,
        int kafkaController,
        int postgres,
        int stripe) {

    private static final int PER_REPLICA = 20;

    /**
     * Chooses the ports.
     *
     * @throws StackException when the gateway's port is taken; one line with the remedy
     */
    static PortPlan choose(int gateway, int replicas) {
        refuseIfTaken(gateway);
        Ports ports = new Ports();
        ports.preferably(gateway);
        int next = gateway + 1;
        Map<Slice, List<Integer>> services = new LinkedHashMap<>();
        for (Slice slice : Slice.values()) {
            int first = gateway + slice.description().port();
            next = Math.max(next, first + 1);
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
                management(ports, replicas),
                ports.preferably(next),
                ports.preferably(next + 1),
                ports.preferably(next + 2),
                ports.preferably(next + 3),
                ports.preferably(next + 5));
    }

    /** Any free ports: nobody but the suite itself uses them. */
    private static Map<Slice, List<Integer>> management(Ports ports, int replicas) {
        Map<Slice, List<Integer>> management = new LinkedHashMap<>();
        for (Slice slice : Slice.values()) {
            management.put(
                    slice,
                    IntStream.range(0, replicas)
                            .map(replica -> ports.any())
                            .boxed()
                            .toList());
        }
        return management;
    }

    /** Fails when another program listens on the gateway's port. */
    static void refuseIfTaken(int gateway) {
        if (!Ports.isFree(gateway)) {
            throw new StackException(
                    "Port " + gateway
                            + " on 127.0.0.1 is taken by another program. Stop it, or choose another port with: ./tradosphere up --port N");
        }
    }
}
