package io.tradosphere.stack;

import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.issuer.Tokens;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Databases;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.postgres.Passwords;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * PostgreSQL, Kafka and an OIDC provider for tests.
 *
 * <p>{@link #get()} is the one that a whole Maven run shares, or, in a run of its own such as an IDE's, one that is started
 * once in this JVM and stopped at its end. Tests there use databases of their own and fresh ids, since topics are shared.
 * A test that kills PostgreSQL or the broker starts {@link LocalStack#start its own} instead.
 */
public final class TestStack {

    /** Where a Maven run's shared PostgreSQL is, superuser and password included. */
    public static final String POSTGRES = "TRADOSPHERE_TEST_POSTGRES_URL";
    /** Where a Maven run's shared broker is. */
    public static final String KAFKA = "TRADOSPHERE_TEST_KAFKA";
    /** Which issuer a Maven run shares. */
    public static final String ISSUER = "TRADOSPHERE_TEST_OIDC_ISSUER";

    private final Address superuser;
    private final String kafkaBootstrap;
    private final String oidcIssuer;
    private final Tokens tokens;

    private TestStack(Address superuser, String kafkaBootstrap, String oidcIssuer) {
        this.superuser = superuser;
        this.kafkaBootstrap = kafkaBootstrap;
        this.oidcIssuer = oidcIssuer;
        this.tokens = new Tokens(oidcIssuer);
    }

    /**
     * The shared stack, started at the first call when the environment names none.
     *
     * @throws StackException when it cannot be started; one line with the remedy
     */
    public static TestStack get() {
        // System properties are the one thing that all class loaders of a JVM share, and a Quarkus test run has
        // several.
        synchronized (System.class) {
            if (setting(POSTGRES) == null) {
                LocalStack own = LocalStack.start(Durability.FAST);
                Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop the test stack"));
                System.setProperty(POSTGRES, own.superuser().url());
                System.setProperty(KAFKA, own.kafkaBootstrap());
                System.setProperty(ISSUER, own.oidcIssuer());
            }
            return new TestStack(Address.parse(setting(POSTGRES)), setting(KAFKA), setting(ISSUER));
        }
    }

    /** The stack that is running there. */
    static TestStack of(LocalStack local) {
        return new TestStack(local.superuser(), local.kafkaBootstrap(), local.oidcIssuer());
    }

    /** PostgreSQL's address as superuser, password included. */
    public String postgresSuperuserUrl() {
        return superuser.url();
    }

    /** What Kafka clients connect to. The suite's topics are there. */
    public String kafkaBootstrap() {
        return kafkaBootstrap;
    }

    /** The issuer's URL. */
    public String oidcIssuer() {
        return oidcIssuer;
    }

    /**
     * Makes a database of that test run's own.
     *
     * @param slices whose roles and schemas it gets; none named: all seven
     */
    public TestDatabase newDatabase(Slice... slices) {
        List<Slice> wanted = Arrays.asList(slices.length == 0 ? Slice.values() : slices);
        String name = "test_" + (slices.length == 1 ? slices[0].schema() : "all") + "_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12).toLowerCase(Locale.ROOT);
        Databases databases = new Databases(superuser, Passwords.derivedFrom(superuser.password()));
        return new TestDatabase(databases.prepare(name, wanted), databases);
    }

    /**
     * A real token of this subject.
     *
     * @param sub the subject, any text
     * @param roles what its {@code roles} claim lists
     */
    public String token(String sub, String... roles) {
        return tokens.token(sub, Arrays.asList(roles));
    }

    /**
     * A real token that expires soon.
     *
     * @param sub the subject, any text
     * @param lifetime to the second
     */
    public String token(String sub, Duration lifetime) {
        return tokens.token(sub, List.of(), lifetime);
    }

    /** Makes the suite's topics; those that are there stay. */
    public void ensureTopics() {
        Topics.ensure(kafkaBootstrap);
    }

    private static String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }
}
