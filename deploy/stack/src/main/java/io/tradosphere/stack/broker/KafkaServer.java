package io.tradosphere.stack.broker;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.Signals;
import io.tradosphere.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka broker on 127.0.0.1. Its log's folder outlives it.
 *
 * @param checkout the clone with its program
 * @param data the folder of its log, created at the first start
 * @param port the port for clients
 * @param controllerPort the port of its controller listener
 * @param exitWith the pid of a process it ends with; empty: it outlives its launcher
 * @param production whether its JVM uses all compiler tiers: faster when warm, slower to start
 */
public record KafkaServer(
        Checkout checkout, Path data, int port, int controllerPort, Optional<Long> exitWith, boolean production) {

    private static final String NAME = "kafka";
    private static final JavaProgram PROGRAM =
            new JavaProgram("deploy/stack-kafka", "io.tradosphere.stack.kafka.Broker");
    private static final Duration START = Duration.ofMinutes(2);

    /** The bootstrap address for clients. */
    public String bootstrap() {
        return bootstrap(port);
    }

    /** What clients connect to a broker on this port of 127.0.0.1 with. */
    public static String bootstrap(int port) {
        return "127.0.0.1:" + port;
    }

    /**
     * Starts the broker and waits until it responds.
     *
     * @param runFolder the folder for its pid file
     * @param logFolder the folder for its log
     * @throws StackException when it doesn't start; one line that names its log
     */
    public Child start(Path runFolder, Path logFolder) {
        List<String> arguments = new ArrayList<>(
                List.of("--data", data.toString(), "--port", "" + port, "--controller-port", "" + controllerPort));
        exitWith.ifPresent(pid -> arguments.addAll(List.of("--exit-with", "" + pid)));
        List<String> flags = new ArrayList<>(production ? JavaProgram.MODEST : JavaProgram.SMALL);
        flags.addAll(List.of("-Xms96m", "-Xmx320m", "-XX:MaxDirectMemorySize=96m"));
        Launch launch = new Launch(
                NAME,
                PROGRAM.command(checkout, flags, arguments),
                Map.of(),
                logFolder.resolve(NAME + ".log"),
                Signals.Polite.TERM);
        Child child = Child.start(launch, runFolder);
        try {
            return child.awaitReady(START, () -> answers(port));
        } catch (StackException notReady) {
            child.stop(Duration.ofSeconds(5));
            throw notReady;
        }
    }

    /** Whether a broker on 127.0.0.1 answers clients on this port now. */
    public static boolean answers(int port) {
        if (!Ports.answers(port)) {
            return false;
        }
        try (Admin admin = TopicSetup.admin(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(port),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "3000",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000"))) {
            return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
