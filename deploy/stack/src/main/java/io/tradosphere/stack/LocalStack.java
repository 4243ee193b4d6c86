package io.tradosphere.stack;

import io.tradosphere.stack.broker.KafkaServer;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.issuer.OidcServer;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Binaries;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.postgres.PostgresServer;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A stack of somebody's own, in a temporary folder that goes with it; each part may be killed and started again, on the same
 * port and over the same data. What outlives its JVM is cleaned up by the next one that starts.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Path folder;
    private final PostgresServer postgresServer;
    private final KafkaServer kafkaServer;
    private final OidcServer oidcServer;
    private Child postgres;
    private Child kafka;
    private Child oidc;

    private LocalStack(Path folder, Checkout checkout, Durability durability) {
        this.folder = folder;
        Ports ports = new Ports();
        Optional<Long> exitWith = Optional.of(ProcessHandle.current().pid());
        String password = UUID.randomUUID().toString().replace("-", "");
        postgresServer = new PostgresServer(
                Binaries.of(checkout), folder.resolve("postgres"), ports.any(), password, durability);
        kafkaServer = new KafkaServer(checkout, folder.resolve("kafka"), ports.any(), ports.any(), exitWith, false);
        oidcServer = new OidcServer(checkout, folder.resolve("oidc"), ports.any(), exitWith);
    }

    /**
     * Starts all three, with the suite's topics.
     *
     * @param durability {@code FAST} but for tests of what survives
     * @throws StackException when one doesn't come up; one line that names its log
     */
    public static LocalStack start(Durability durability) {
        TestFolders.cleanUp();
        LocalStack stack = new LocalStack(TestFolders.create(), Checkout.find(), durability);
        try {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(stack::startPostgres),
                            CompletableFuture.runAsync(stack::startKafka)
                                    .thenRun(() -> Topics.ensure(stack.kafkaBootstrap())),
                            CompletableFuture.runAsync(stack::startOidc))
                    .join();
            return stack;
        } catch (CompletionException e) {
            stack.close();
            throw e.getCause() instanceof StackException ours ? ours : e;
        }
    }

    /** The same as tests see it. */
    public TestStack asTestStack() {
        return TestStack.of(this);
    }

    /** PostgreSQL's address as superuser. */
    public Address superuser() {
        return postgresServer.address(PostgresServer.SUPERUSER);
    }

    /** What Kafka clients connect to. */
    public String kafkaBootstrap() {
        return kafkaServer.bootstrap();
    }

    /** The issuer's URL. */
    public String oidcIssuer() {
        return oidcServer.issuer();
    }

    /** PostgreSQL's process, for a fault test to kill or to stop. */
    public Child postgres() {
        return postgres;
    }

    /** The broker's process, for a fault test to kill or to stop. */
    public Child kafka() {
        return kafka;
    }

    /** The provider's process, for a fault test to kill or to stop. */
    public Child oidc() {
        return oidc;
    }

    /** Starts PostgreSQL, again after it was killed. */
    public void startPostgres() {
        postgres = postgresServer.start(run(), logs());
    }

    /** Starts the broker, again after it was killed. */
    public void startKafka() {
        kafka = kafkaServer.start(run(), logs());
    }

    /** Starts the provider, again after it was killed; tokens it gave before stay good. */
    public void startOidc() {
        oidc = oidcServer.start(run(), logs());
    }

    /** Stops what runs and deletes the folder. */
    @Override
    public void close() {
        for (Child child : new Child[] {oidc, kafka, postgres}) {
            if (child != null) {
                child.stop(GRACE);
            }
        }
        Folders.delete(folder);
    }

    private Path run() {
        return folder.resolve("run");
    }

    private Path logs() {
        return folder.resolve("logs");
    }
}
