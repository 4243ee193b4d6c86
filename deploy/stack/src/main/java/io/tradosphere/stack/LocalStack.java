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
 * A private stack in a temporary folder that is deleted with it. Each part can be killed and started again, on the
 * same port and data. The next stack to start cleans up after a killed JVM.
 */
public final class LocalStack implements RunningStack {

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
     * Starts all three servers and creates the suite's topics.
     *
     * @param durability {@code FAST}, except in tests of crash recovery
     * @throws StackException when one doesn't start; one line that names its log
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

    /** This stack as a test stack. */
    public TestStack asTestStack() {
        return TestStack.of(this);
    }

    @Override
    public Address superuser() {
        return postgresServer.address(PostgresServer.SUPERUSER);
    }

    @Override
    public String kafkaBootstrap() {
        return kafkaServer.bootstrap();
    }

    @Override
    public String oidcIssuer() {
        return oidcServer.issuer();
    }

    /** PostgreSQL's process, which a fault test may kill or stop. */
    public Child postgres() {
        return postgres;
    }

    /** The broker's process, which a fault test may kill or stop. */
    public Child kafka() {
        return kafka;
    }

    /** The provider's process, which a fault test may kill or stop. */
    public Child oidc() {
        return oidc;
    }

    /** Starts PostgreSQL. It may have been killed before. */
    public void startPostgres() {
        postgres = postgresServer.start(run(), logs());
    }

    /** Starts the broker. It may have been killed before. */
    public void startKafka() {
        kafka = kafkaServer.start(run(), logs());
    }

    /** Starts the provider. Tokens that it issued before stay valid. */
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
