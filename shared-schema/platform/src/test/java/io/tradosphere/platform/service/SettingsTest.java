package io.tradosphere.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TRADOSPHERE_DB_URL", "postgresql://db.example.com:5432/tradosphere",
            "TRADOSPHERE_DB_OWNER_PASSWORD", "o-3kf9",
            "TRADOSPHERE_DB_APP_PASSWORD", "a-93kd",
            "TRADOSPHERE_DB_ADMIN_PASSWORD", "d-30fk",
            "TRADOSPHERE_DB_WORKER_PASSWORD", "w-39fk",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9092",
            "OIDC_ISSUER", "https://id.example.com",
            "OIDC_AUDIENCE", "tradosphere"));

    @Test
    void whatever_is_needed_is_there_and_nothing_is_wrong() {
        assertThat(mistake()).isEmpty();
    }

    @Test
    void a_missing_variable_is_named_with_what_it_means() {
        environment.remove("OIDC_AUDIENCE");
        assertThat(mistake()).isEqualTo("set OIDC_AUDIENCE: the audience that tokens must name.");

        environment.remove("OIDC_ISSUER");
        assertThat(mistake()).startsWith("set OIDC_ISSUER:");

        environment.put("TRADOSPHERE_DB_APP_PASSWORD", " ");
        assertThat(mistake()).startsWith("set TRADOSPHERE_DB_APP_PASSWORD:");
    }

    @Test
    void in_production_a_password_that_everybody_knows_is_refused() {
        environment.put("TRADOSPHERE_DB_WORKER_PASSWORD", "ChangeMe");

        assertThat(mistake()).contains("TRADOSPHERE_DB_WORKER_PASSWORD", "everybody knows");

        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        assertThat(mistake()).isEmpty();
    }

    @Test
    void in_production_an_issuer_without_tls_is_refused() {
        environment.put("OIDC_ISSUER", "http://id.example.com");

        assertThat(mistake()).contains("OIDC_ISSUER is an https URL");
    }

    @Test
    void a_database_url_with_a_user_or_of_another_kind_is_refused() {
        environment.put("TRADOSPHERE_DB_URL", "postgresql://me:secret@db:5432/tradosphere");
        assertThat(mistake()).contains("without a user").doesNotContain("secret");

        environment.put("TRADOSPHERE_DB_URL", "jdbc:postgresql://db/tradosphere");
        assertThat(mistake()).contains("TRADOSPHERE_DB_URL");
    }

    @Test
    void every_mistake_is_one_line() {
        environment.clear();
        environment.put("TRADOSPHERE_ENVIRONMENT", "staging");

        assertThat(mistake()).contains("not 'staging'").doesNotContain("\n");
    }

    private String mistake() {
        return new Settings(environment::get).mistake().orElse("");
    }
}
