package io.tradosphere.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.postgres.Durability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalStackTest {

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(Durability.DURABLE);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void every_topic_of_the_contract_is_there_with_its_partitions_and_settings() throws Exception {
        // given a stack that was just started
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
            // when
            var topics = admin.describeTopics(
                            Arrays.stream(Topic.values()).map(Topic::topicName).toList())
                    .allTopicNames()
                    .get();
            ConfigResource follows = new ConfigResource(ConfigResource.Type.TOPIC, Topic.FOLLOWS.topicName());
            var settings = admin.describeConfigs(List.of(follows)).all().get().get(follows);

            // then
            for (Topic topic : Topic.values()) {
                assertThat(topics.get(topic.topicName()).partitions()).hasSize(topic.partitions());
            }
            Topic.FOLLOWS
                    .settings()
                    .forEach((name, value) ->
                            assertThat(settings.get(name).value()).isEqualTo(value));
        }
        assertThat(Topics.ensure(stack.kafkaBootstrap())).isZero();
    }

    @Test
    void postgres_is_18_and_durable_and_counts_statements() throws SQLException {
        assertThat(ask("SHOW server_version_num")).startsWith("18");
        assertThat(ask("SHOW fsync")).isEqualTo("on");
        assertThat(ask("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask("SHOW max_wal_size")).isEqualTo("1GB");
        assertThat(ask("SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("SHOW shared_preload_libraries")).isEqualTo("pg_stat_statements");
        assertThat(ask("SELECT upper('ä')")).isEqualTo("Ä");
    }

    @Test
    void databases_created_concurrently_all_have_their_roles() {
        // given
        TestStack tests = stack.asTestStack();

        // when
        List<CompletableFuture<TestDatabase>> made = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> i % 2 == 0 ? tests.newDatabase() : tests.newDatabase(Slice.PROFILE, Slice.SOCIAL)))
                .toList();

        // then
        made.stream().map(CompletableFuture::join).forEach(database -> {
            for (Slice.Role role : Slice.Role.values()) {
                assertThat(searchPath(database, role)).isEqualTo("profile, auth, pg_catalog, pg_temp");
            }
            database.close();
        });
    }

    @Test
    void a_role_needs_its_password() {
        try (TestDatabase database = stack.asTestStack().newDatabase(Slice.PROFILE)) {
            assertThatThrownBy(() ->
                            database.superuser().as("profile_app", "guess").connect())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void committed_data_survives_a_killed_postgres() throws SQLException {
        // given
        try (TestDatabase database = stack.asTestStack().newDatabase(Slice.PROFILE);
                Connection connection = database.superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");

            // when
            stack.postgres().kill();
            stack.startPostgres();

            // then
            try (Connection again = database.superuser().connect();
                    Statement query = again.createStatement();
                    ResultSet row = query.executeQuery("SELECT answer FROM kept")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void the_broker_comes_back_over_its_data_after_it_was_killed() throws Exception {
        // given
        String before;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
            before = admin.describeCluster().clusterId().get();
        }

        // when
        stack.kafka().kill();
        stack.startKafka();

        // then
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(before);
            assertThat(admin.listTopics().names().get()).contains(Topic.PROFILES.topicName());
        }
    }

    @Test
    void tokens_are_signed_with_the_same_key_after_a_restart() throws Exception {
        // given
        String token = stack.asTestStack().token("somebody", "platform-admin");
        String keys = TestHttp.get(stack.oidcIssuer() + "/jwks");

        // when
        assertThat(stack.oidc().stop(Duration.ofSeconds(10))).isTrue();
        stack.startOidc();

        // then
        assertThat(TestHttp.get(stack.oidcIssuer() + "/jwks")).isEqualTo(keys);
        assertThat(TestHttp.claims(token))
                .contains("\"sub\":\"somebody\"")
                .contains("\"aud\":\"tradosphere\"")
                .contains("\"roles\":[\"platform-admin\"]")
                .contains("\"iss\":\"" + stack.oidcIssuer() + "\"");
    }

    private static String searchPath(TestDatabase database, Slice.Role role) {
        try (Connection connection = database.as(Slice.PROFILE, role).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW search_path")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = stack.superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
