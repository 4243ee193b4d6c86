package io.tradosphere.stack.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.postgres.Durability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {

    private final ContainerPlan plan = new ContainerPlan(20_001, 20_002, 20_003, "secret", Durability.FAST);

    @Test
    void every_image_is_pinned_by_its_tag() {
        assertThat(plan.all())
                .extracting(ContainerSpec::image)
                .containsExactly("postgres:18", "apache/kafka:4.1.2", "quay.io/keycloak/keycloak:26.7.4");
    }

    @Test
    void every_container_is_reached_by_a_port_of_this_machine() {
        assertThat(plan.all()).extracting(ContainerSpec::port).containsExactly(5432, 9092, 8080);
        assertThat(plan.all()).extracting(ContainerSpec::hostPort).containsExactly(20_001, 20_002, 20_003);
    }

    @Test
    void tests_find_the_containers_by_their_environment() {
        assertThat(plan.environment())
                .isEqualTo(Map.of(
                        "TRADOSPHERE_TEST_POSTGRES_URL", "postgresql://postgres:secret@127.0.0.1:20001/postgres",
                        "TRADOSPHERE_TEST_KAFKA", "127.0.0.1:20002",
                        "TRADOSPHERE_TEST_OIDC_ISSUER", "http://localhost:20003/realms/tradosphere",
                        "TRADOSPHERE_TEST_KEYCLOAK_ADMIN_PASSWORD", "secret"));
    }

    @Test
    void postgres_is_set_as_the_embedded_one_is() {
        ContainerSpec postgres = plan.postgres();

        assertThat(postgres.environment())
                .containsEntry("POSTGRES_USER", "postgres")
                .containsEntry("POSTGRES_PASSWORD", "secret")
                .containsEntry("POSTGRES_INITDB_ARGS", String.join(" ", Durability.FAST.initdbOptions()));
        assertThat(postgres.command()).startsWith("postgres");
        for (String setting : Durability.FAST.serverSettings()) {
            assertThat(postgres.command()).containsSequence("-c", setting);
        }
        assertThat(postgres.command())
                .contains("fsync=off", "wal_level=minimal", "shared_preload_libraries=pg_stat_statements");
        assertThat(new ContainerPlan(1, 2, 3, "secret", Durability.DURABLE)
                        .postgres()
                        .command())
                .contains("fsync=on");
    }

    @Test
    void kafka_is_set_as_the_embedded_one_is_and_reaches_itself_inside() {
        assertThat(plan.kafka().command()).isEmpty();
        assertThat(plan.kafka().environment())
                .containsEntry("KAFKA_PROCESS_ROLES", "broker,controller")
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .containsEntry("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:20002,INSIDE://localhost:9094")
                .containsEntry("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE");
    }

    @Test
    void keycloak_imports_the_realm_and_calls_itself_what_the_services_call_it() {
        ContainerSpec keycloak = plan.keycloak();

        assertThat(keycloak.command()).isEqualTo(List.of("start-dev", "--import-realm"));
        assertThat(keycloak.environment())
                .containsEntry("KC_HOSTNAME", "http://localhost:20003")
                .containsEntry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin")
                .containsEntry("KC_BOOTSTRAP_ADMIN_PASSWORD", "secret");
        assertThat(keycloak.files()).containsOnlyKeys("/opt/keycloak/data/import/realm.json");
    }

    @Test
    void the_realm_gives_tokens_the_subject_audience_and_roles_that_the_services_read() {
        String realm = plan.keycloak().files().values().iterator().next().replaceAll("\\s+", " ");

        assertThat(realm)
                .startsWith("{ \"realm\": \"tradosphere\", \"enabled\": true,")
                .contains("\"protocolMapper\": \"oidc-sub-mapper\"")
                .contains("\"included.custom.audience\": \"tradosphere\"")
                .contains("\"protocolMapper\": \"oidc-usermodel-realm-role-mapper\"")
                .contains("\"claim.name\": \"roles\", \"jsonType.label\": \"String\", \"multivalued\": \"true\"")
                .contains("\"name\": \"platform-admin\"")
                .contains("\"defaultClientScopes\": [\"tradosphere\"]");
    }
}
