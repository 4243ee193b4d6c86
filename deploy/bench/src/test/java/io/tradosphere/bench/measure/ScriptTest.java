package io.tradosphere.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.bench.measure.Script.Substitution;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final Substitution ANYBODY = Substitution.random(10, 5, "ann", "name(:number)");

    @Test
    void the_captured_person_is_replaced_each_time_and_the_rest_is_kept() throws SQLException {
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
    void a_transaction_is_one_pipeline_that_sets_the_substituted_identity() throws SQLException {
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
    void captured_text_can_be_replaced_by_other_text() throws SQLException {
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
    void a_colon_in_a_literal_is_not_a_variable() throws SQLException {
        assertThat(Script.of(
                                List.of(statement("SELECT to_char(now(), 'HH24:MI'), 'a'::text")),
                                ANYBODY,
                                sql -> List.of())
                        .text())
                .endsWith("SELECT to_char(now(), ('HH24:' || 'MI')), 'a'::text;\n");
    }

    @Test
    void statements_are_planned_each_time_when_one_of_them_is_unnamed() throws SQLException {
        // Given
        LoggedStatement unnamed = new LoggedStatement("1", false, "SELECT $1", List.of("1"));

        // Then
        assertThat(Script.of(List.of(statement("BEGIN"), unnamed), ANYBODY, sql -> List.of("text"))
                        .named())
                .isFalse();
        assertThat(Script.of(List.of(statement("BEGIN")), ANYBODY, sql -> List.of())
                        .named())
                .isTrue();
    }

    @Test
    void people_can_be_used_round_robin() {
        assertThat(Substitution.roundRobin(100, "ann", "name(:number)").setUp())
                .isEqualTo("\\set turn :turn + 1\n\\set number (:turn * :clients + :client_id) % 100\n");
    }

    private static LoggedStatement statement(String sql, String... parameters) {
        return new LoggedStatement("1", true, sql, Arrays.asList(parameters));
    }
}
