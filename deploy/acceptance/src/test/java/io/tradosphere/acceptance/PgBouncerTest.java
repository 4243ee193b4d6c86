package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PgBouncer between a service and PostgreSQL: in session mode it works, and any other is refused. */
class PgBouncerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String PARAMETERS = "ignore_startup_parameters = extra_float_digits";

    private TestDatabase database;

    @BeforeEach
    void bootstrap() {
        database = TestStack.get().newDatabase(ServiceProcess.SLICE);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void a_pooler_that_shares_sessions_is_refused_with_one_line(String mode) throws Exception {
        if (isMissing()) {
            return;
        }
        try (PgBouncer pooler = new PgBouncer(database, ServiceProcess.SLICE, mode, PARAMETERS);
                ServiceProcess migration = ServiceProcess.migrate(database, pooler.url());
                ServiceProcess service = ServiceProcess.serve(database, pooler.url())) {
            for (ServiceProcess process : new ServiceProcess[] {migration, service}) {
                assertThat(process.exitCode()).isEqualTo(78);
                assertThat(process.output().lines())
                        .singleElement()
                        .asString()
                        .startsWith("Not started: a connection pooler at " + pooler.url() + " shares sessions")
                        .endsWith("set its pool_mode to session, or connect to PostgreSQL directly.");
            }
        }
    }

    @Test
    void a_pooler_in_session_mode_works() throws Exception {
        if (isMissing()) {
            return;
        }
        try (PgBouncer pooler = new PgBouncer(database, ServiceProcess.SLICE, "session", PARAMETERS);
                ServiceProcess migration = ServiceProcess.migrate(database, pooler.url());
                ServiceProcess service = ServiceProcess.serve(database, pooler.url())) {
            assertThat(migration.exitCode()).isZero();
            await().atMost(TIMEOUT).until(service::isReady);
            await().atMost(TIMEOUT).until(() -> service.output().contains("this replica holds the lease"));
        }
    }

    private static boolean isMissing() {
        if (!PgBouncer.isInstalled()) {
            System.out.println(
                    "Not checked: PgBouncer between a service and PostgreSQL, which this machine does not have."
                            + " Install it (Debian: apt-get install pgbouncer).");
        }
        return !PgBouncer.isInstalled();
    }
}
