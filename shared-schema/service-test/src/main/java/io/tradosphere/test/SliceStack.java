package io.tradosphere.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.platform.migration.Migrations;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;

/** A Quarkus test resource: a database of its own for the service under test, a real broker and a real issuer. */
public final class SliceStack implements QuarkusTestResourceLifecycleManager {

    /** The token of the internal interface. */
    public static final String INTERNAL_TOKEN = "an-internal-token-of-tests-with-32-characters";

    /** The poll interval of Awaitility; most conditions hold within milliseconds. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private static volatile TestDatabase database;
    private static volatile int managementPort;

    @Override
    public Map<String, String> start() {
        Awaitility.setDefaultPollInterval(POLL_INTERVAL);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        TestStack stack = TestStack.get();
        stack.ensureTopics();
        Slice slice = sliceUnderTest();
        database = stack.newDatabase(slice);
        migrate(slice);
        Map<String, String> config = new HashMap<>();
        config.put("TRADOSPHERE_DB_URL", database.url());
        for (Slice.Role role : Slice.Role.values()) {
            config.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", database.password(slice, role));
        }
        config.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrap());
        config.put("OIDC_ISSUER", stack.oidcIssuer());
        config.put("OIDC_AUDIENCE", "tradosphere");
        config.put("TRADOSPHERE_INTERNAL_TOKEN", INTERNAL_TOKEN);
        managementPort = new Ports().any();
        config.put("TRADOSPHERE_MANAGEMENT_PORT", String.valueOf(managementPort));
        config.put("USERNAME_SECRET", "a-secret-of-tests-with-32-characters");
        config.put("TRADOSPHERE_ENVIRONMENT", "development");
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    /** As ServiceMain does, which a Quarkus test doesn't run. */
    private static void migrate(Slice slice) {
        Migrations.ofTheService(Thread.currentThread().getContextClassLoader())
                .flyway(database.url(), slice.role(Slice.Role.OWNER), database.password(slice, Slice.Role.OWNER))
                .migrate();
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }

    /** The database of the service under test. */
    public static TestDatabase database() {
        return database;
    }

    /** The URL of the internal interface of the service under test. */
    public static String internalUrl() {
        return "http://127.0.0.1:" + managementPort + "/internal/reconciliation/v1/";
    }

    /** The slice of the module under test. */
    public static Slice sliceUnderTest() {
        try (InputStream file =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return Slice.named(properties.getProperty("tradosphere.slice"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
