package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.broker.KafkaServer;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.awaitility.Awaitility;

/**
 * A broker that checks logins and rights. It does what Strimzi's operators do with the chart's objects. Without a login, on another
 * port, everything is allowed.
 */
final class SecuredKafka implements AutoCloseable {

    private static final int ITERATIONS = 4096;

    private final int openPort;
    private final int port;
    private final Process process;
    private final Admin admin;

    SecuredKafka(Path folder) throws IOException {
        Ports ports = new Ports();
        openPort = ports.any();
        port = ports.any();
        int controller = ports.any();
        Path settings = Files.writeString(folder.resolve("broker.properties"), """
                listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%2$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config=%4$s required;
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                """.formatted(
                        openPort, port, controller, ScramLoginModule.class.getName()));
        JavaProgram program = new JavaProgram("deploy/stack-kafka", "io.tradosphere.stack.kafka.Broker");
        List<String> arguments = List.of(
                "--data",
                folder.resolve("kafka").toString(),
                "--port",
                "" + openPort,
                "--controller-port",
                "" + controller,
                "--exit-with",
                "" + ProcessHandle.current().pid(),
                "--settings",
                settings.toString());
        List<String> flags = new ArrayList<>(JavaProgram.SMALL);
        flags.add("-Xmx320m");
        Path log = folder.resolve("kafka.log");
        process = new ProcessBuilder(program.command(Checkout.find(), flags, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(log));
            }
            return KafkaServer.answers(openPort);
        });
        admin = Admin.create(Map.of("bootstrap.servers", KafkaServer.bootstrap(openPort)));
    }

    /** For clients that log in. */
    String bootstrap() {
        return KafkaServer.bootstrap(port);
    }

    /** For clients that may do everything. */
    String open() {
        return KafkaServer.bootstrap(openPort);
    }

    /** Makes a topic of a KafkaTopic. */
    void create(JsonNode topic) {
        JsonNode spec = topic.path("spec");
        Map<String, String> config = spec.path("config").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().asText()));
        get(admin.createTopics(List.of(new NewTopic(
                                spec.path("topicName").asText(),
                                Optional.of(spec.path("partitions").asInt()),
                                Optional.<Short>empty())
                        .configs(config)))
                .all());
    }

    /** Makes a user of a KafkaUser, with its rights. */
    void create(JsonNode user, String password) {
        String name = user.at("/metadata/name").asText();
        get(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)))
                .all());
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.fromString(resource.path("type").asText()),
                    resource.path("name").asText(),
                    resource.path("patternType").asText().equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            for (String operation : RenderedChart.texts(acl.path("operations"))) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + name, "*", AclOperation.fromString(operation), AclPermissionType.ALLOW)));
            }
        }
        get(admin.createAcls(rights).all());
    }

    /** The names of all topics. */
    Set<String> topics() {
        return get(admin.listTopics().names());
    }

    /** The topics that the members of these groups have got, as {@code group topic}. */
    Set<String> read(Set<String> groups) {
        Set<String> read = new TreeSet<>();
        Map<String, ConsumerGroupDescription> descriptions =
                get(admin.describeConsumerGroups(groups).all());
        descriptions.forEach((group, description) -> {
            if (description.groupState() == GroupState.STABLE) {
                description
                        .members()
                        .forEach(member -> member.assignment()
                                .topicPartitions()
                                .forEach(partition -> read.add(group + " " + partition.topic())));
            }
        });
        return read;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        process.destroyForcibly();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw new AssertionError(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
