package io.tradosphere.stack.broker;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.Signals;
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
 * One Kafka broker on 127.0.0.1, its log in a folder that outlives it.
 *
 * @param checkout where its program is
 * @param data its log's folder, made at the first start
 * @param port where clients connect
 * @param controllerPort where it talks to itself
 * @param exitWith the pid it ends with; empty: it outlives whoever started it
 * @param production whether its JVM compiles fully: faster once warm, slower to come up
 */
public record KafkaServer(
        Checkout checkout, Path data, int port, int controllerPort, Optional<Long> exitWith, boolean production) {

    private static final String NAME = "kafka";
    private static final JavaProgram PROGRAM =
            new JavaProgram("deploy/stack-kafka", "io.tradosphere.stack.kafka.Broker");
    private static final Duration START = Duration.ofMinutes(2);

    /** What clients connect to. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param runFolder where its pid file goes
     * @param logFolder where its log goes
     * @throws StackException when it doesn't come up; one line that names its log
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
            return child.awaitReady(START, this::answers);
        } catch (StackException notReady) {
            child.stop(Duration.ofSeconds(5));
            throw notReady;
        }
    }

    private boolean answers() {
        if (!Ports.answers(port)) {
            return false;
        }
        try (Admin admin = Topics.admin(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(),
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
