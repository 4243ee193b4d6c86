package io.tradosphere.platform.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tradosphere.platform.migration.Migrations;
import io.tradosphere.telemetry.LogSettings;
import java.util.ServiceLoader;
import org.flywaydb.core.api.FlywayException;

/** The main class of every service. It checks the operator's settings before Quarkus starts. */
@QuarkusMain
public final class ServiceMain {

    private static final String OWNER_PASSWORD = DatabaseLogin.passwordOf("owner");
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    private ServiceMain() {}

    /**
     * Starts the service, or migrates its schema and ends. Exits with code 78 and one line when a setting is wrong, the database
     * refuses it or has a schema of another time, and with code 1 and one line when a migration fails.
     *
     * @throws InterruptedException never in practice
     */
    public static void main(String... arguments) throws InterruptedException {
        Settings settings = new Settings(System::getenv, ServiceLoader.load(SettingsCheck.class));
        settings.error().ifPresent(ServiceMain::refuse);
        StopDeadline.install();
        MigrationMode mode = settings.mode();
        Migrations migrations = Migrations.ofTheService(ServiceMain.class.getClassLoader());
        if (mode == MigrationMode.NEVER && System.getenv(OWNER_PASSWORD) != null) {
            System.err.println(
                    OWNER_PASSWORD + " is not used with " + MigrationMode.VARIABLE + "=never. Take it away.");
        }
        String url = System.getenv("TRADOSPHERE_DB_URL");
        new DatabaseLogin(url, migrations.slice(), mode.roles(), System.getenv())
                .refusal()
                .ifPresent(ServiceMain::refuse);
        SchemaStart schema = new SchemaStart(migrations, url, System.getenv());
        try {
            (mode == MigrationMode.NEVER ? schema.await() : schema.migrate(mode == MigrationMode.ONLY))
                    .ifPresent(ServiceMain::refuse);
        } catch (FlywayException failure) {
            end(SchemaStart.oneLine(failure), FAILED);
        }
        if (mode != MigrationMode.ONLY) {
            new LogSettings(System::getenv).properties().forEach(System::setProperty);
            Quarkus.run(arguments);
        }
    }

    private static void refuse(String error) {
        end(error, MISCONFIGURED);
    }

    private static void end(String error, int code) {
        System.err.println("Not started: " + error);
        System.exit(code);
    }
}
