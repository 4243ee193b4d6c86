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
 * The main class of one Kafka broker. It runs until SIGTERM.
 *
 * <p>Arguments: {@code --data DIR --port N --controller-port N [--exit-with PID] [--settings FILE]}. With
 * {@code --exit-with} the broker ends when that process ends. A killed test run therefore leaves no broker behind.
 * {@code --settings} is a file of Kafka's own settings, which replace these.
 */
public final class Broker {

    private Broker() {}

    /**
     * Formats a new data folder, starts the broker and waits for its end.
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
