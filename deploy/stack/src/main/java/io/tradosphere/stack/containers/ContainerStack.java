package io.tradosphere.stack.containers;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.RunningStack;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.broker.KafkaServer;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.containers.ContainerEngine.RunningContainer;
import io.tradosphere.stack.issuer.OidcServer;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/** A stack in containers. Roles, schemas and topics are made by the code that makes them in the embedded stack. */
public final class ContainerStack implements RunningStack {

    private static final Duration START = Duration.ofMinutes(3);

    private final ContainerEngine engine;
    private final ContainerPlan plan;
    private final Path logs;
    private final Deque<RunningContainer> running = new ConcurrentLinkedDeque<>();

    private ContainerStack(ContainerEngine engine, ContainerPlan plan, Path logs) {
        this.engine = engine;
        this.plan = plan;
        this.logs = logs;
    }

    /**
     * Starts all three, with the suite's topics.
     *
     * @param engine where
     * @param checkout the clone that keeps their logs, in {@code .tradosphere/containers}
     * @param durability {@code FAST} but for tests of what survives
     * @throws StackException when one doesn't come up; one line that names its log
     */
    public static ContainerStack start(ContainerEngine engine, Checkout checkout, Durability durability) {
        Ports ports = new Ports();
        String password = UUID.randomUUID().toString().replace("-", "");
        ContainerPlan plan = new ContainerPlan(ports.any(), ports.any(), ports.any(), password, durability);
        ContainerStack stack = new ContainerStack(engine, plan, checkout.resolve(".tradosphere/containers"));
        try {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> stack.start(
                                    plan.postgres(), () -> plan.superuser().answers())),
                            CompletableFuture.runAsync(() ->
                                            stack.start(plan.kafka(), () -> KafkaServer.answers(plan.kafkaPort())))
                                    .thenRun(() -> Topics.ensure(plan.kafkaBootstrap())),
                            CompletableFuture.runAsync(
                                    () -> stack.start(plan.keycloak(), () -> OidcServer.answers(plan.oidcIssuer()))))
                    .join();
            return stack;
        } catch (CompletionException e) {
            stack.close();
            throw e.getCause() instanceof StackException ours ? ours : e;
        }
    }

    @Override
    public Address superuser() {
        return plan.superuser();
    }

    @Override
    public String kafkaBootstrap() {
        return plan.kafkaBootstrap();
    }

    @Override
    public String oidcIssuer() {
        return plan.oidcIssuer();
    }

    @Override
    public Map<String, String> environment() {
        return plan.environment();
    }

    @Override
    public void close() {
        for (RunningContainer container = running.poll(); container != null; container = running.poll()) {
            container.close();
        }
    }

    private void start(ContainerSpec spec, BooleanSupplier ready) {
        Path log = logs.resolve(spec.name() + ".log");
        RunningContainer container = engine.start(spec, log);
        running.add(container);
        boolean[] wasReady = {false};
        Waiting.until(START, () -> {
            wasReady[0] = ready.getAsBoolean();
            return wasReady[0] || !container.isRunning();
        });
        if (!wasReady[0]) {
            throw new StackException(spec.name() + " (" + spec.image() + ") "
                    + (container.isRunning() ? "was not ready within " + START.toSeconds() + " s" : "ended")
                    + "; its log is " + log);
        }
    }
}
