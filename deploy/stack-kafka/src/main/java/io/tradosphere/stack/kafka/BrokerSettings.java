package io.tradosphere.stack.kafka;

import java.nio.file.Path;
import java.util.Properties;

/**
 * What one broker is started with.
 *
 * @param data the folder that keeps its log, made when absent
 * @param port the port clients connect to, on 127.0.0.1
 * @param controllerPort the port the broker talks to itself on, on 127.0.0.1
 */
record BrokerSettings(Path data, int port, int controllerPort) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** The settings in Kafka's own terms. */
    Properties toKafka() {
        Properties kafka = new Properties();
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
        kafka.setProperty("auto.create.topics.enable", "false");
        aloneInTheCluster(kafka);
        small(kafka);
        return kafka;
    }

    private static void aloneInTheCluster(Properties kafka) {
        kafka.setProperty("default.replication.factor", "1");
        kafka.setProperty("min.insync.replicas", "1");
        kafka.setProperty("offsets.topic.replication.factor", "1");
        kafka.setProperty("transaction.state.log.replication.factor", "1");
        kafka.setProperty("transaction.state.log.min.isr", "1");
        kafka.setProperty("share.coordinator.state.topic.replication.factor", "1");
        kafka.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void small(Properties kafka) {
        kafka.setProperty("num.network.threads", "2");
        kafka.setProperty("num.io.threads", "4");
        kafka.setProperty("num.recovery.threads.per.data.dir", "2");
        kafka.setProperty("background.threads", "2");
        kafka.setProperty("offsets.topic.num.partitions", "8");
        kafka.setProperty("transaction.state.log.num.partitions", "2");
        // The default of 128 MB would take half of a small heap.
        kafka.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(8 * 1024 * 1024));
        // After a kill the controller takes the broker back only when its former life has timed out.
        kafka.setProperty("broker.session.timeout.ms", "2000");
        kafka.setProperty("broker.heartbeat.interval.ms", "500");
        // A killed consumer is missed for this long; 3 s more for the first member of a group is time lost at every
        // start.
        kafka.setProperty("group.initial.rebalance.delay.ms", "0");
        kafka.setProperty("group.min.session.timeout.ms", "1000");
    }
}
