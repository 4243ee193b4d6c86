package io.tradosphere.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TRADOSPHERE_DB_URL", "postgresql://db.example.com:5432/tradosphere",
            "TRADOSPHERE_DB_OWNER_PASSWORD", "o-3kf9",
            "TRADOSPHERE_DB_APP_PASSWORD", "a-93kd",
            "TRADOSPHERE_DB_ADMIN_PASSWORD", "d-30fk",
            "TRADOSPHERE_DB_WORKER_PASSWORD", "w-39fk",
            "KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9092",
            "OIDC_ISSUER", "https://id.example.com",
            "OIDC_AUDIENCE", "tradosphere",
            "TRADOSPHERE_INTERNAL_TOKEN", "0123456789abcdef0123456789abcdef"));

    private final List<SettingsCheck> checks = new ArrayList<>();

    @Test
    void what_the_service_itself_requires_is_checked_after_what_every_service_does() {
        checks.add((variables, production) ->
                Optional.of("production " + production + ", " + variables.apply("KAFKA_BOOTSTRAP_SERVERS")));

        assertThat(error()).isEqualTo("production true, kafka.example.com:9092");

        environment.remove("OIDC_AUDIENCE");
        assertThat(error()).startsWith("set OIDC_AUDIENCE:");
    }

    @Test
    void whatever_is_needed_is_there_and_nothing_is_wrong() {
        assertThat(error()).isEmpty();
    }

    @Test
    void a_missing_variable_is_named_with_what_it_means() {
        environment.remove("OIDC_AUDIENCE");
        assertThat(error()).isEqualTo("set OIDC_AUDIENCE: the audience that tokens must name.");

        environment.remove("OIDC_ISSUER");
        assertThat(error()).startsWith("set OIDC_ISSUER:");

        environment.put("TRADOSPHERE_DB_APP_PASSWORD", " ");
        assertThat(error()).startsWith("set TRADOSPHERE_DB_APP_PASSWORD:");
    }

    @Test
    void in_production_a_password_that_everybody_knows_is_refused() {
        environment.put("TRADOSPHERE_DB_WORKER_PASSWORD", "ChangeMe");

        assertThat(error()).contains("TRADOSPHERE_DB_WORKER_PASSWORD", "everybody knows");

        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        assertThat(error()).isEmpty();
    }

    @Test
    void in_production_a_start_without_the_internal_token_is_refused() {
        environment.remove("TRADOSPHERE_INTERNAL_TOKEN");
        assertThat(error()).startsWith("set TRADOSPHERE_INTERNAL_TOKEN:");

        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        assertThat(error()).isEmpty();
    }

    @Test
    void a_short_internal_token_is_refused() {
        environment.put("TRADOSPHERE_INTERNAL_TOKEN", "short");

        assertThat(error()).isEqualTo("TRADOSPHERE_INTERNAL_TOKEN has at least 32 characters.");
    }

    @Test
    void a_kafka_prefix_that_no_topic_can_have_is_refused() {
        environment.put("TRADOSPHERE_KAFKA_PREFIX", "staging.");
        assertThat(error()).isEmpty();

        environment.put("TRADOSPHERE_KAFKA_PREFIX", "a/b");
        assertThat(error()).startsWith("TRADOSPHERE_KAFKA_PREFIX has at most 60 letters");
    }

    @Test
    void in_production_an_issuer_without_tls_is_refused() {
        environment.put("OIDC_ISSUER", "http://id.example.com");

        assertThat(error()).contains("OIDC_ISSUER is an https URL");
    }

    @Test
    void a_database_url_with_a_user_or_of_another_kind_is_refused() {
        environment.put("TRADOSPHERE_DB_URL", "postgresql://me:secret@db:5432/tradosphere");
        assertThat(error()).contains("without a user").doesNotContain("secret");

        environment.put("TRADOSPHERE_DB_URL", "jdbc:postgresql://db/tradosphere");
        assertThat(error()).contains("TRADOSPHERE_DB_URL");
    }

    @Test
    void a_service_that_never_migrates_needs_no_password_of_the_owner() {
        environment.put("TRADOSPHERE_MIGRATE", "never");
        environment.remove("TRADOSPHERE_DB_OWNER_PASSWORD");
        assertThat(error()).isEmpty();

        environment.put("TRADOSPHERE_MIGRATE", "at-start");
        assertThat(error()).startsWith("set TRADOSPHERE_DB_OWNER_PASSWORD:");
    }

    @Test
    void a_process_that_only_migrates_needs_the_database_and_its_owner_alone() {
        checks.add((variables, production) -> Optional.of("a check of the service"));
        environment.keySet().retainAll(List.of("TRADOSPHERE_DB_URL", "TRADOSPHERE_DB_OWNER_PASSWORD"));
        environment.put("TRADOSPHERE_MIGRATE", "only");
        assertThat(error()).isEmpty();

        environment.put("TRADOSPHERE_DB_OWNER_PASSWORD", "postgres");
        assertThat(error()).contains("everybody knows");
    }

    @Test
    void every_error_is_one_line() {
        environment.clear();
        environment.put("TRADOSPHERE_ENVIRONMENT", "staging");

        assertThat(error()).contains("not 'staging'").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRADOSPHERE_DB_APP_POOL | abc | a whole number from 1 to 200, not 'abc'",
                "TRADOSPHERE_DB_APP_POOL | 0 | a whole number from 1 to 200, not '0'",
                "TRADOSPHERE_DB_APP_POOL | -3 | a whole number from 1 to 200, not '-3'",
                "TRADOSPHERE_DB_APP_POOL | 99999999999999999999 | a whole number from 1 to 200",
                "TRADOSPHERE_MIGRATE | always | at-start (the default), only or never, not 'always'",
                "QUARKUS_HTTP_PORT | 65536 | a whole number from 0 to 65535",
                "TRADOSPHERE_FEED_STAR_FOLLOWERS | many | a whole number from 1",
                "KAFKA_BOOTSTRAP_SERVERS | kafka.example.com | a list of host:port",
                "PROFILE_SERVICE_URL | profile-service:8081 | a list of http or https URLs",
            })
    void a_value_of_the_wrong_form_is_named_with_the_right_form(String variable, String value, String remedy) {
        environment.put(variable, value);

        assertThat(error()).startsWith(variable + " is ").contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRADOSPHERE_DB_APP_POOL | 12",
                "KAFKA_BOOTSTRAP_SERVERS | a:9092, b:9092,[::1]:9092",
                "PROFILE_SERVICE_URL | http://a:8081,https://b.example.com",
            })
    void a_value_of_the_right_form_starts_the_service(String variable, String value) {
        environment.put(variable, value);

        assertThat(error()).isEmpty();
    }

    private String error() {
        return new Settings(environment::get, checks).error().orElse("");
    }
}
