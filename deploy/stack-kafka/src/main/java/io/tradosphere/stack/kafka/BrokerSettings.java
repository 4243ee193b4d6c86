package io.tradosphere.stack.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings of one broker.
 *
 * @param data the folder of its log, created when absent
 * @param port the port for clients, on 127.0.0.1
 * @param controllerPort the port of its controller listener, on 127.0.0.1
 * @param further a file of Kafka's settings, which replace these
 */
record BrokerSettings(Path data, int port, int controllerPort, Optional<Path> further) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String SHARED = "broker.properties";

    /** The settings in Kafka's own terms. */
    Properties toKafka() {
        Properties kafka = shared();
        kafka.setProperty("process.roles", "broker,controller");
        kafka.setProperty("node.id", String.valueOf(NODE_ID));
        kafka.setProperty("log.dirs", data.toString());
        kafka.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        kafka.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        kafka.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        kafka.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        kafka.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        further.ifPresent(file -> load(kafka, file));
        return kafka;
    }

    private static void load(Properties kafka, Path file) {
        try (InputStream settings = Files.newInputStream(file)) {
            kafka.load(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not depend on where the broker runs. */
    private static Properties shared() {
        Properties shared = new Properties();
        try (InputStream file = BrokerSettings.class.getResourceAsStream(SHARED)) {
            shared.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shared;
    }
}
