package io.tradosphere.helm;

import static io.tradosphere.helm.Manifests.environment;
import static io.tradosphere.helm.Manifests.find;
import static io.tradosphere.helm.Manifests.name;
import static io.tradosphere.helm.Manifests.pod;
import static io.tradosphere.helm.Manifests.pods;
import static io.tradosphere.helm.Manifests.secret;
import static io.tradosphere.helm.Manifests.secrets;
import static io.tradosphere.helm.Manifests.template;
import static io.tradosphere.helm.Manifests.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.tradosphere.services.CodeVariables;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart: what it renders is what Kubernetes knows and what the services read. No cluster is involved. */
class ChartTest {

    private static final Path CHECKOUT = Path.of("../..");

    static List<Path> valuesSets() {
        return Chart.valuesSets();
    }

    @Test
    void lint_finds_nothing() {
        assertThat(new Helm(Chart.FOLDER).lint().strict().quiet().call().getMessages())
                .filteredOn(message -> !message.startsWith("[INFO]") && !message.isBlank())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valuesSets")
    void every_object_is_one_of_kubernetes_with_no_field_that_it_does_not_know(Path values) {
        List<JsonNode> objects = Chart.renderedSet(values);

        assertThat(objects).hasSizeGreaterThan(20);
        for (JsonNode object : objects) {
            assertThat(KubernetesTypes.unknownFields(object)).as(name(object)).isEmpty();
        }
        assertThat(objects.stream().map(Manifests::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("valuesSets")
    void every_pod_keeps_the_restricted_profile(Path values) {
        for (JsonNode pod : pods(Chart.renderedSet(values))) {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            for (JsonNode container : pod.path("containers")) {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valuesSets")
    void every_variable_is_one_that_the_code_reads_and_stands_once(Path values) throws IOException {
        Set<String> read = CodeVariables.in(CHECKOUT);
        for (JsonNode object : Chart.renderedSet(values)) {
            JsonNode pod = pod(object);
            List<String> variables = new ArrayList<>(environment(pod).keySet());
            assertThat(variables).hasSize(pod.at("/containers/0/env").size());
            variables.removeIf(variable -> variable.matches("(KAFKA|QUARKUS|OTEL)_.*"));
            if (!name(object).contains("bootstrap") && !name(object).contains("verify")) {
                assertThat(read).containsAll(variables);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valuesSets")
    void the_notes_name_what_to_do_next_and_only_commands_that_find_something(Path values) {
        String notes = Chart.notes(values);
        List<String> names = Chart.renderedSet(values).stream()
                .map(object -> object.at("/metadata/name").asText())
                .toList();

        assertThat(notes).contains("kubectl -n trading get jobs");
        Pattern.compile("(?:service/|cronjob/)([a-z-]+)")
                .matcher(notes)
                .results()
                .forEach(named -> assertThat(names).contains(named.group(1)));
    }

    @Test
    void a_service_gets_the_secrets_that_it_names_and_no_other_and_no_password_of_the_owner() {
        List<JsonNode> objects = Chart.render();
        for (ServiceDescription service : Services.all()) {
            Set<String> wanted = new TreeSet<>(service.secrets());
            wanted.addAll(Set.of(
                    "TRADOSPHERE_INTERNAL_TOKEN",
                    "TRADOSPHERE_DB_APP_PASSWORD",
                    "TRADOSPHERE_DB_ADMIN_PASSWORD",
                    "TRADOSPHERE_DB_WORKER_PASSWORD"));

            JsonNode pod = pod(find(objects, "Deployment", "demo-" + service.name()));

            assertThat(secrets(pod)).isEqualTo(wanted);
            assertThat(secret(pod, "TRADOSPHERE_DB_APP_PASSWORD"))
                    .isEqualTo("tradosphere-database " + service.schema() + "_app");
            assertThat(value(pod, "TRADOSPHERE_MIGRATE")).isEqualTo("never");
        }
    }

    @Test
    void a_job_migrates_each_slice_with_the_owners_password_alone() {
        List<JsonNode> objects = Chart.render();
        for (ServiceDescription service : Services.all()) {
            JsonNode pod = pod(find(objects, "Job", "demo-" + service.schema() + "-migrations-1"));

            assertThat(environment(pod).keySet())
                    .containsExactlyInAnyOrder(
                            "TRADOSPHERE_MIGRATE", "TRADOSPHERE_DB_URL", "TRADOSPHERE_DB_OWNER_PASSWORD");
            assertThat(value(pod, "TRADOSPHERE_MIGRATE")).isEqualTo("only");
            assertThat(pod.at("/containers/0/image").asText()).endsWith("/" + service.name() + ":0.1.0");
        }
    }

    @Test
    void services_that_migrate_themselves_have_all_four_passwords_and_no_job() {
        List<JsonNode> objects = Chart.render("migrations.mode=at-start");

        assertThat(secrets(pod(find(objects, "Deployment", "demo-social-service"))))
                .contains("TRADOSPHERE_DB_OWNER_PASSWORD");
        assertThat(objects.stream().map(Manifests::name).filter(name -> name.startsWith("Job")))
                .containsExactly("Job demo-topics-1");
    }

    @Test
    void the_gateway_and_the_services_find_each_service_at_its_port() {
        List<JsonNode> objects = Chart.render();
        Map<String, JsonNode> gateway = environment(pod(find(objects, "Deployment", "demo-gateway")));
        for (ServiceDescription service : Services.all()) {
            assertServed(
                    objects, gateway.get(service.urlVariable()).path("value").asText());
        }
        for (JsonNode pod : pods(objects)) {
            environment(pod).forEach((variable, value) -> {
                if (variable.endsWith("_URL") && value.path("value").asText().startsWith("http://")) {
                    assertServed(objects, value.path("value").asText());
                }
            });
        }
    }

    @Test
    void a_probe_asks_a_port_that_the_container_has_and_the_pod_outlives_its_stop() {
        for (JsonNode pod : pods(Chart.render())) {
            JsonNode container = pod.at("/containers/0");
            Set<String> ports = new HashSet<>(container.path("ports").findValuesAsText("name"));
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                if (container.has(probe)) {
                    assertThat(ports)
                            .contains(
                                    container.at("/" + probe + "/httpGet/port").asText());
                }
            }
            if (container.has("lifecycle")) {
                int afterTheSleep = pod.path("terminationGracePeriodSeconds").asInt()
                        - container.at("/lifecycle/preStop/sleep/seconds").asInt();
                assertThat(afterTheSleep).isGreaterThan(25);
            }
        }
    }

    @Test
    void nothing_reaches_a_pod_but_what_a_policy_lets_in() {
        List<JsonNode> objects = Chart.render();
        JsonNode deny = find(objects, "NetworkPolicy", "demo-deny").path("spec");

        assertThat(deny.path("policyTypes")).hasSize(2);
        assertThat(deny.has("ingress")).isFalse();
        assertThat(deny.has("egress")).isFalse();
        for (JsonNode object : objects) {
            JsonNode labels = template(object).at("/metadata/labels");
            if (!labels.isMissingNode()) {
                deny.at("/podSelector/matchLabels")
                        .properties()
                        .forEach(
                                label -> assertThat(labels.path(label.getKey())).isEqualTo(label.getValue()));
            }
        }
    }

    @Test
    void a_service_with_autoscaling_leaves_its_number_of_pods_to_the_autoscaler() {
        List<JsonNode> objects = Chart.render(Chart.VALUES.resolve("autoscaling.yaml"));

        assertThat(find(objects, "Deployment", "demo-signal-service")
                        .path("spec")
                        .has("replicas"))
                .isFalse();
        assertThat(find(objects, "Deployment", "demo-gateway").path("spec").has("replicas"))
                .isFalse();
        JsonNode signal =
                find(objects, "HorizontalPodAutoscaler", "demo-signal-service").path("spec");
        assertThat(signal.at("/scaleTargetRef/name").asText()).isEqualTo("demo-signal-service");
        assertThat(signal.path("minReplicas").asInt()).isEqualTo(2);
        assertThat(signal.path("maxReplicas").asInt()).isEqualTo(12);
        assertThat(signal.at("/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(60);
        assertThat(find(objects, "Deployment", "demo-billing-service")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);
        assertThat(objects.stream().map(Manifests::name))
                .doesNotContain("HorizontalPodAutoscaler demo-billing-service");
        assertThat(Manifests.all(Chart.render(), "HorizontalPodAutoscaler")).isEmpty();
    }

    @Test
    void verify_runs_once_a_day_asks_every_service_and_has_no_secret_but_the_internal_token() {
        List<JsonNode> objects = Chart.render();
        JsonNode job = find(objects, "CronJob", "demo-verify");
        Set<String> wanted = new TreeSet<>(Set.of("TRADOSPHERE_INTERNAL_TOKEN"));
        Services.all().forEach(service -> wanted.add(service.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL"));

        assertThat(environment(pod(job)).keySet()).isEqualTo(wanted);
        assertThat(secret(pod(job), "TRADOSPHERE_INTERNAL_TOKEN")).isEqualTo("tradosphere TRADOSPHERE_INTERNAL_TOKEN");
        assertThat(job.at("/spec/schedule").asText()).isEqualTo("23 3 * * *");
        assertThat(pod(job).at("/containers/0").has("args")).isFalse();
        assertThat(pod(find(Chart.render("verify.repair=true"), "CronJob", "demo-verify"))
                        .at("/containers/0/args/0")
                        .asText())
                .isEqualTo("--repair");
    }

    @Test
    void services_reach_the_ports_of_what_the_values_name_and_the_gateway_the_collector_alone() {
        List<JsonNode> objects = Chart.render(
                Chart.VALUES.resolve("bootstrap-per-database.yaml"),
                "tracing.endpoint=http://collector:4318/v1",
                "oidc.issuer=https://id.example.com:8443/realms/tradosphere");

        JsonNode egress = find(objects, "NetworkPolicy", "demo-egress").at("/spec/egress/0/ports");
        assertThat(egress.findValuesAsText("port"))
                .containsExactlyInAnyOrder("443", "4318", "5432", "5433", "6432", "8443", "9092");
        JsonNode spans = find(objects, "NetworkPolicy", "demo-spans").path("spec");
        assertThat(spans.at("/podSelector/matchLabels/app.kubernetes.io~1name").asText())
                .isEqualTo("gateway");
        assertThat(spans.at("/egress/0/ports").findValuesAsText("port")).containsExactly("4318");
        assertThat(Chart.render().stream().map(Manifests::name)).doesNotContain("NetworkPolicy demo-spans");
    }

    @Test
    void stores_of_certificates_are_files_whose_passwords_come_from_the_same_secrets() {
        JsonNode pod =
                pod(find(Chart.render(Chart.VALUES.resolve("kafka-pkcs12.yaml")), "Deployment", "demo-social-service"));

        assertThat(value(pod, "KAFKA_SSL_TRUSTSTORE_TYPE")).isEqualTo("PKCS12");
        assertThat(mounted(pod, value(pod, "KAFKA_SSL_TRUSTSTORE_LOCATION"))).isEqualTo("kafka-ca ca.p12");
        assertThat(secret(pod, "KAFKA_SSL_TRUSTSTORE_PASSWORD")).isEqualTo("kafka-ca ca.password");
        assertThat(mounted(pod, value(pod, "KAFKA_SSL_KEYSTORE_LOCATION"))).isEqualTo("social-service keystore.p12");
        assertThat(secret(pod, "KAFKA_SSL_KEYSTORE_PASSWORD")).isEqualTo("social-service user.password");
    }

    @Test
    void certificates_in_text_are_a_file_and_two_variables() {
        JsonNode pod =
                pod(find(Chart.render(Chart.VALUES.resolve("kafka-mtls.yaml")), "Deployment", "demo-social-service"));

        assertThat(value(pod, "KAFKA_SSL_TRUSTSTORE_TYPE")).isEqualTo("PEM");
        assertThat(mounted(pod, value(pod, "KAFKA_SSL_TRUSTSTORE_LOCATION"))).isEqualTo("cluster-ca-cert ca.crt");
        assertThat(secret(pod, "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN")).isEqualTo("social-service-kafka tls.crt");
        assertThat(secret(pod, "KAFKA_SSL_KEYSTORE_KEY")).isEqualTo("social-service-kafka tls.key");
    }

    /** The secret and key that a file in a pod comes from. */
    private static String mounted(JsonNode pod, String path) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        String file = path.substring(path.lastIndexOf('/') + 1);
        for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
            if (mount.path("mountPath").asText().equals(folder)) {
                for (JsonNode volume : pod.path("volumes")) {
                    if (volume.path("name").equals(mount.path("name"))) {
                        JsonNode item = volume.at("/secret/items/0");
                        assertThat(item.path("path").asText()).isEqualTo(file);
                        return volume.at("/secret/secretName").asText() + " "
                                + item.path("key").asText();
                    }
                }
            }
        }
        throw new AssertionError(path + " is not mounted");
    }

    /** That a URL leads to a Service of the chart, and on to a port of its pods. */
    private static void assertServed(List<JsonNode> objects, String url) {
        URI address = URI.create(url);
        JsonNode service = find(objects, "Service", address.getHost());
        JsonNode port = StreamSupport.stream(service.at("/spec/ports").spliterator(), false)
                .filter(one -> one.path("port").asInt() == address.getPort())
                .findFirst()
                .orElseThrow(() -> new AssertionError(url + " has no port"));
        assertThat(pod(find(objects, "Deployment", address.getHost()))
                        .at("/containers/0/ports")
                        .findValuesAsText("name"))
                .contains(port.path("targetPort").asText());
    }
}
