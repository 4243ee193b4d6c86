package io.tradosphere.stack.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Runs one Kafka broker until it is told to stop (SIGTERM).
 *
 * <p>Arguments: {@code --data DIR --port N --controller-port N [--exit-with PID]}. The last one ends the broker when that
 * process is gone, so that a test run that was killed leaves no broker behind.
 */
public final class Broker {

    private Broker() {}

    /**
     * Formats the data folder when it is new, starts the broker and waits for its end.
     *
     * @param args see the class
     * @throws Exception when the broker cannot start; the reason is on standard error
     */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        BrokerSettings settings = arguments.settings();
        format(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings.toKafka(), false), Time.SYSTEM);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.shutdown();
                            stopped.countDown();
                        },
                        "stop"));
        arguments.exitWith().ifPresent(Broker::exitWith);
        server.startup();
        server.awaitShutdown();
        stopped.await();
    }

    private static void format(BrokerSettings settings) throws Exception {
        Path data = Files.createDirectories(settings.data());
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(data.toString())
                .setDirectories(List.of(data.toString()))
                .setIgnoreFormatted(true);
        if (!Files.exists(data.resolve("meta.properties"))) {
            formatter.run();
        }
    }

    private static void exitWith(ProcessHandle parent) {
        parent.onExit().thenRun(() -> Runtime.getRuntime().exit(0));
    }
}
