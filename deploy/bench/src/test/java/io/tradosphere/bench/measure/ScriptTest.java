package io.tradosphere.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.bench.measure.Script.StandIn;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final StandIn ANYBODY = StandIn.anyOf(10, 5, "ann", "name(:number)");

    @Test
    void the_person_who_was_heard_is_another_one_each_time_and_the_rest_stays() throws SQLException {
        // When
        Script script = Script.of(
                List.of(statement(
                        "SELECT id FROM t\nWHERE who = $1 AND n < $2 AND $3 IS NULL -- all", "ann", "21", null)),
                ANYBODY,
                sql -> List.of("uuid", "integer", "text"));

        // Then
        assertThat(script.text())
                .isEqualTo(
                        "\\set number random(10, 14)\n"
                                + "SELECT id FROM t WHERE who = ('' || name(:number) || '')::uuid AND n < :p0::integer AND NULL::text IS NULL;\n");
        assertThat(script.variables()).isEqualTo(Map.of("p0", "21"));
    }

    @Test
    void a_transaction_is_one_pipeline_that_sets_the_identity_of_whoever_stands_in() throws SQLException {
        // When
        Script script = Script.of(
                List.of(
                        statement("BEGIN; SET LOCAL ROLE authenticated; SET LOCAL request.jwt.claim.sub = 'ann'"),
                        statement("SELECT 1"),
                        statement("COMMIT")),
                ANYBODY,
                sql -> List.of());

        // Then
        assertThat(script.text())
                .isEqualTo("\\set number random(10, 14)\n"
                        + "\\startpipeline\n"
                        + "BEGIN;\n"
                        + "SET LOCAL ROLE authenticated;\n"
                        + "SELECT set_config('request.jwt.claim.sub', '' || name(:number) || '', true);\n"
                        + "SELECT 1;\n"
                        + "COMMIT;\n"
                        + "\\endpipeline\n");
    }

    @Test
    void a_script_can_be_about_something_else_than_was_heard() throws SQLException {
        // Given
        Script script = Script.of(
                List.of(statement("UPDATE t SET n = 1 WHERE id = $1 AND who = $2", "signal-1", "ann:signal-1")),
                ANYBODY,
                sql -> List.of("text", "text"));

        // When
        Script other = script.with("signal-1", "signal-2");

        // Then
        assertThat(other.variables()).isEqualTo(Map.of("p0", "signal-2"));
        assertThat(other.text())
                .contains("'' || name(:number) || (':' || 'signal-2')")
                .doesNotContain("signal-1");
    }

    @Test
    void a_colon_in_a_literal_is_no_variable() throws SQLException {
        assertThat(Script.of(
                                List.of(statement("SELECT to_char(now(), 'HH24:MI'), 'a'::text")),
                                ANYBODY,
                                sql -> List.of())
                        .text())
                .endsWith("SELECT to_char(now(), ('HH24:' || 'MI')), 'a'::text;\n");
    }

    @Test
    void statements_are_planned_anew_when_one_of_them_was_heard_without_a_name() throws SQLException {
        // Given
        SentStatement unnamed = new SentStatement("1", false, "SELECT $1", List.of("1"));

        // Then
        assertThat(Script.of(List.of(statement("BEGIN"), unnamed), ANYBODY, sql -> List.of("text"))
                        .named())
                .isFalse();
        assertThat(Script.of(List.of(statement("BEGIN")), ANYBODY, sql -> List.of())
                        .named())
                .isTrue();
    }

    @Test
    void people_can_take_turns() {
        assertThat(StandIn.oneAfterTheOther(100, "ann", "name(:number)").setUp())
                .isEqualTo("\\set turn :turn + 1\n\\set number (:turn * :clients + :client_id) % 100\n");
    }

    private static SentStatement statement(String sql, String... parameters) {
        return new SentStatement("1", true, sql, Arrays.asList(parameters));
    }
}
