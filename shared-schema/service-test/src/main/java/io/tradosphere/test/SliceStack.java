package io.tradosphere.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;

/** Gives a service under test a database of its own on the real stack, and the real broker and issuer. */
public final class SliceStack implements QuarkusTestResourceLifecycleManager {

    /** How often a test looks whether what it awaits is there; most of it is within a few milliseconds. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static volatile TestDatabase database;

    @Override
    public Map<String, String> start() {
        Awaitility.setDefaultPollInterval(LOOK_EVERY);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        TestStack stack = TestStack.get();
        stack.ensureTopics();
        Slice slice = sliceUnderTest();
        database = stack.newDatabase(slice);
        Map<String, String> config = new HashMap<>();
        config.put("TRADOSPHERE_DB_URL", database.url());
        for (Slice.Role role : Slice.Role.values()) {
            config.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", database.password(slice, role));
        }
        config.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrap());
        config.put("OIDC_ISSUER", stack.oidcIssuer());
        config.put("OIDC_AUDIENCE", "tradosphere");
        config.put("TRADOSPHERE_ENVIRONMENT", "development");
        config.put("quarkus.http.test-port", "0");
        return config;
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

    /** Which slice the module under test is. */
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
