package io.tradosphere.stack;

import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.issuer.KeycloakTokens;
import io.tradosphere.stack.issuer.TokenSource;
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
 * <p>{@link #get()} returns the stack that a whole Maven run shares. In another run, such as an IDE's, it starts one
 * in this JVM. Tests use their own databases and new ids, since topics are shared. A test that kills PostgreSQL or
 * the broker uses {@link LocalStack#start} instead.
 */
public final class TestStack {

    /** The variable with the URL of a Maven run's shared PostgreSQL, including superuser and password. */
    public static final String POSTGRES = "TRADOSPHERE_TEST_POSTGRES_URL";
    /** The variable with the address of a Maven run's shared broker. */
    public static final String KAFKA = "TRADOSPHERE_TEST_KAFKA";
    /** The variable with the URL of a Maven run's shared issuer. */
    public static final String ISSUER = "TRADOSPHERE_TEST_OIDC_ISSUER";
    /** The password of Keycloak's administrator; absent unless the issuer is a Keycloak. */
    public static final String KEYCLOAK_ADMIN_PASSWORD = "TRADOSPHERE_TEST_KEYCLOAK_ADMIN_PASSWORD";

    private static TestStack shared;

    private final Address superuser;
    private final String kafkaBootstrap;
    private final String oidcIssuer;
    private final TokenSource tokens;

    private TestStack(Address superuser, String kafkaBootstrap, String oidcIssuer, TokenSource tokens) {
        this.superuser = superuser;
        this.kafkaBootstrap = kafkaBootstrap;
        this.oidcIssuer = oidcIssuer;
        this.tokens = tokens;
    }

    /**
     * The shared stack. It starts at the first call when the environment names none.
     *
     * @throws StackException when it cannot be started; one line with the remedy
     */
    public static TestStack get() {
        // System properties are shared by all class loaders of a JVM. A Quarkus test run has several class loaders.
        synchronized (System.class) {
            if (setting(POSTGRES) == null) {
                LocalStack own = LocalStack.start(Durability.FAST);
                Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop the test stack"));
                own.environment().forEach(System::setProperty);
            }
            if (shared == null) {
                String issuer = setting(ISSUER);
                shared = new TestStack(Address.parse(setting(POSTGRES)), setting(KAFKA), issuer, tokensOf(issuer));
            }
            return shared;
        }
    }

    private static TokenSource tokensOf(String issuer) {
        String adminPassword = setting(KEYCLOAK_ADMIN_PASSWORD);
        return adminPassword == null ? new Tokens(issuer) : new KeycloakTokens(issuer, adminPassword);
    }

    /** The stack that is running there. */
    static TestStack of(LocalStack local) {
        return new TestStack(
                local.superuser(), local.kafkaBootstrap(), local.oidcIssuer(), new Tokens(local.oidcIssuer()));
    }

    /** PostgreSQL's address as superuser, including the password. */
    public String postgresSuperuserUrl() {
        return superuser.url();
    }

    /** The bootstrap address for Kafka clients. The suite's topics exist. */
    public String kafkaBootstrap() {
        return kafkaBootstrap;
    }

    /** The issuer's URL. */
    public String oidcIssuer() {
        return oidcIssuer;
    }

    /**
     * Creates a database for one test run.
     *
     * @param slices the slices whose roles and schemas it gets; none named: all seven
     */
    public TestDatabase newDatabase(Slice... slices) {
        List<Slice> wanted = Arrays.asList(slices.length == 0 ? Slice.values() : slices);
        String name = "test_" + (slices.length == 1 ? slices[0].schema() : "all") + "_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12).toLowerCase(Locale.ROOT);
        Databases databases = new Databases(superuser, Passwords.derivedFrom(superuser.password()));
        return new TestDatabase(databases.prepare(name, wanted), databases);
    }

    /**
     * A real token for this subject.
     *
     * @param sub the subject: any text of the embedded issuer, a UUID of Keycloak
     * @param roles what its {@code roles} claim lists
     */
    public String token(String sub, String... roles) {
        return tokens.token(sub, Arrays.asList(roles));
    }

    /**
     * A real token with a short lifetime.
     *
     * @param sub the subject: any text of the embedded issuer, a UUID of Keycloak
     * @param lifetime to the second
     */
    public String token(String sub, Duration lifetime) {
        return tokens.token(sub, List.of(), lifetime);
    }

    /** Creates the suite's topics. Existing topics stay. */
    public void ensureTopics() {
        Topics.ensure(kafkaBootstrap);
    }

    private static String setting(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }
}
