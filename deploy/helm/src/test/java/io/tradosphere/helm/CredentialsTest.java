package io.tradosphere.helm;

import static io.tradosphere.helm.Manifests.all;
import static io.tradosphere.helm.Manifests.environment;
import static io.tradosphere.helm.Manifests.find;
import static io.tradosphere.helm.Manifests.name;
import static io.tradosphere.helm.Manifests.pod;
import static io.tradosphere.helm.Manifests.secret;
import static io.tradosphere.helm.Manifests.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Secrets that the chart makes, and the Job that gives the roles of the database their passwords. */
class CredentialsTest {

    private static final List<String> ROLES = List.of("owner", "app", "admin", "worker");

    private final List<JsonNode> objects = Chart.renderedSet(Chart.VALUES.resolve("created-secrets.yaml"));

    @Test
    void what_pods_take_from_a_secret_of_the_chart_is_in_it_and_what_stripe_and_agora_issue_is_not() {
        Set<String> elsewhere = new TreeSet<>();
        for (JsonNode object : objects) {
            JsonNode pod = pod(object);
            for (String variable : Manifests.secrets(pod)) {
                String[] reference = secret(pod, variable).split(" ");
                if (all(objects, "Secret").stream()
                        .anyMatch(secret -> name(secret).equals("Secret " + reference[0]))) {
                    assertThat(find(objects, "Secret", reference[0])
                                    .path("data")
                                    .has(reference[1]))
                            .as(name(object) + " " + variable)
                            .isTrue();
                } else {
                    elsewhere.add(reference[0]);
                }
            }
        }

        assertThat(elsewhere).containsExactlyInAnyOrder("stripe-and-agora", "superuser");
        JsonNode billing = pod(find(objects, "Deployment", "demo-billing-service"));
        assertThat(secret(billing, "STRIPE_SECRET_KEY")).isEqualTo("stripe-and-agora STRIPE_SECRET_KEY");
        assertThat(secret(billing, "TRADOSPHERE_CURSOR_SECRET")).isEqualTo("tradosphere TRADOSPHERE_CURSOR_SECRET");
        JsonNode streaming = pod(find(objects, "Deployment", "demo-streaming-service"));
        assertThat(secret(streaming, "AGORA_CUSTOMER_KEY")).isEqualTo("stripe-and-agora AGORA_CUSTOMER_KEY");
    }

    @Test
    void a_secret_that_the_chart_makes_has_long_random_values_and_outlives_the_release() {
        Set<String> values = new HashSet<>();
        int made = 0;
        for (JsonNode secret : all(objects, "Secret")) {
            assertThat(secret.at("/metadata/annotations/helm.sh~1resource-policy")
                            .asText())
                    .isEqualTo("keep");
            for (JsonNode value : secret.path("data")) {
                String decoded = new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.US_ASCII);
                assertThat(decoded).matches("[A-Za-z0-9]{48}");
                values.add(decoded);
                made++;
            }
        }

        assertThat(made).isEqualTo(3 + ROLES.size() * Services.all().size());
        assertThat(values).hasSize(made);
        assertThat(all(Chart.render(), "Secret")).isEmpty();
    }

    @Test
    void an_upgrade_keeps_the_values_of_the_cluster_and_makes_those_that_are_missing() {
        ObjectNode before = find(objects, "Secret", "tradosphere").deepCopy();
        ((ObjectNode) before.path("data")).remove("USERNAME_SECRET");
        FakeCluster.get().add(before);
        try {
            JsonNode after = find(Chart.render(Chart.VALUES.resolve("created-secrets.yaml")), "Secret", "tradosphere")
                    .path("data");

            before.path("data")
                    .properties()
                    .forEach(kept -> assertThat(after.path(kept.getKey()))
                            .as(kept.getKey())
                            .isEqualTo(kept.getValue()));
            assertThat(after.path("USERNAME_SECRET").asText()).isNotEmpty();
        } finally {
            FakeCluster.get().clear();
        }
    }

    @Test
    void a_secret_that_a_service_names_is_random_or_issued_by_stripe_or_agora() {
        Set<String> random = new TreeSet<>();
        find(objects, "Secret", "tradosphere").path("data").fieldNames().forEachRemaining(random::add);
        for (ServiceDescription service : Services.all()) {
            assertThat(service.secrets())
                    .allMatch(secret -> random.contains(secret) || secret.matches("(STRIPE|AGORA)_.*"));
        }
    }

    @Test
    void the_bootstrap_has_a_superusers_login_and_the_passwords_of_all_roles_and_runs_the_suites_script()
            throws IOException {
        JsonNode pod = pod(find(objects, "Job", "demo-bootstrap-1"));
        List<String> variables =
                new ArrayList<>(List.of("TRADOSPHERE_DB_URL", "TRADOSPHERE_SLICES", "BOOTSTRAP_SQL", "PGUSER"));
        variables.add("PGPASSWORD");
        for (ServiceDescription service : Services.all()) {
            for (String role : ROLES) {
                String variable = (service.schema() + "_" + role + "_PASSWORD").toUpperCase(Locale.ROOT);
                variables.add(variable);
                assertThat(secret(pod, variable)).isEqualTo("tradosphere-database " + service.schema() + "_" + role);
            }
        }

        assertThat(environment(pod).keySet()).containsExactlyInAnyOrderElementsOf(variables);
        assertThat(secret(pod, "PGUSER")).isEqualTo("superuser user");
        assertThat(secret(pod, "PGPASSWORD")).isEqualTo("superuser password");
        assertThat(value(pod, "TRADOSPHERE_SLICES").split(","))
                .containsExactlyElementsOf(
                        Services.all().stream().map(ServiceDescription::schema).toList());
        JsonNode files = find(objects, "ConfigMap", "demo-bootstrap").path("data");
        assertThat(files.path("bootstrap.sh").asText())
                .isEqualToIgnoringNewLines(Files.readString(Chart.FOLDER.resolve("files/bootstrap.sh")));
        assertThat(files.path("bootstrap.sql").asText())
                .isEqualToIgnoringNewLines(
                        Files.readString(Path.of("../../shared-schema/platform/src/main/resources/db/bootstrap.sql")));
    }

    @Test
    void each_database_has_a_bootstrap_of_its_own_slices() {
        List<JsonNode> several = Chart.render(Chart.VALUES.resolve("bootstrap-per-database.yaml"));

        JsonNode billing = pod(find(several, "Job", "demo-billing-bootstrap-1"));
        assertThat(value(billing, "TRADOSPHERE_SLICES")).isEqualTo("billing");
        assertThat(value(billing, "TRADOSPHERE_DB_URL")).isEqualTo("postgresql://billing-rw/billing");
        JsonNode others = pod(find(several, "Job", "demo-profile-bootstrap-1"));
        assertThat(value(others, "TRADOSPHERE_SLICES")).isEqualTo("profile,social,competition,streaming,messaging");
    }

    @Test
    void no_pod_but_the_bootstrap_has_the_superusers_login() {
        for (JsonNode object : objects) {
            if (!name(object).equals("Job demo-bootstrap-1")) {
                JsonNode pod = pod(object);
                assertThat(Manifests.secrets(pod))
                        .noneMatch(variable -> secret(pod, variable).startsWith("superuser "));
            }
        }
    }
}
