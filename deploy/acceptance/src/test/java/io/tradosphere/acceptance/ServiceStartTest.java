package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that an operator starts with a wrong setting, or stops before it is ready. */
class ServiceStartTest {

    private static final int MISCONFIGURED = 78;

    private final Map<String, String> environment = new HashMap<>();
    private Process service;

    @BeforeEach
    void right_settings_but_for_the_passwords() {
        Endpoints endpoints = SharedSuite.endpoints();
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        environment.put("TRADOSPHERE_DB_URL", endpoints.get("POSTGRES_URL").replaceFirst("//[^@/]*@", "//"));
        for (String role : List.of("OWNER", "APP", "ADMIN", "WORKER")) {
            environment.put("TRADOSPHERE_DB_" + role + "_PASSWORD", "not-the-password");
        }
        environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.get("KAFKA_BOOTSTRAP"));
        environment.put("OIDC_ISSUER", endpoints.get("OIDC_ISSUER"));
        environment.put("OIDC_AUDIENCE", "tradosphere");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(new Ports().any()));
    }

    @AfterEach
    void nothing_stays() {
        service.destroyForcibly();
    }

    @Test
    void a_wrong_password_ends_the_start_with_one_line_that_names_the_variable() throws Exception {
        start();

        assertThat(service.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(MISCONFIGURED);
        assertThat(output().lines())
                .singleElement()
                .asString()
                .startsWith("Not started: the database refuses the login of social_owner")
                .contains("TRADOSPHERE_DB_OWNER_PASSWORD");
    }

    @Test
    void a_setting_that_is_no_number_ends_the_start_with_one_line_that_names_it() throws Exception {
        environment.put("TRADOSPHERE_DB_APP_POOL", "abc");

        start();

        assertThat(service.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(MISCONFIGURED);
        assertThat(output().lines())
                .singleElement()
                .asString()
                .isEqualTo("Not started: TRADOSPHERE_DB_APP_POOL is a whole number from 1 to 200, not 'abc'.");
    }

    @Test
    void a_service_that_waits_for_its_database_says_so_and_stops_when_it_is_told_to() throws Exception {
        environment.put("TRADOSPHERE_DB_URL", "postgresql://127.0.0.1:" + new Ports().any() + "/tradosphere");
        start();
        String firstLine = service.inputReader(StandardCharsets.UTF_8).readLine();

        service.destroy();

        assertThat(firstLine).startsWith("Waiting for the database at postgresql://127.0.0.1:");
        assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private void start() throws IOException {
        Path jar = SharedSuite.get().data().path().resolve("apps/social-service/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaProgram.java(), JavaProgram.COMPILE_QUICKLY, "-Xmx128m", "-jar", jar.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        service = builder.start();
    }

    private String output() throws IOException {
        return new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
