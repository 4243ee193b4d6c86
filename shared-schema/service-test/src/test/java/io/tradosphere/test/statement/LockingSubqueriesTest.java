package io.tradosphere.test.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockingSubqueriesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE b ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)",
                "DELETE FROM t WHERE (a, b) IN (\n  SELECT a, b FROM t WHERE c IN (SELECT 1) LIMIT $1 FOR UPDATE OF t)",
                "UPDATE t SET a = 1 FROM (SELECT id FROM t LIMIT 5 FOR NO KEY UPDATE) AS due WHERE t.id = due.id",
                "UPDATE t SET a = 1 WHERE EXISTS (select from u where b = ')' limit 1 for share)",
                "WITH e AS (DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT 2 FOR UPDATE) RETURNING id) SELECT FROM e"
            })
    void a_lock_with_a_limit_in_a_subquery_that_may_be_evaluated_again_is_found(String sql) {
        assertThat(LockingSubqueries.evaluatedAgain(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM t ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
                "UPDATE t SET a = 1 WHERE id = (SELECT id FROM t LIMIT 1 FOR UPDATE SKIP LOCKED)",
                "UPDATE t SET a = 1 WHERE id = ANY (ARRAY(SELECT id FROM t LIMIT 9 FOR UPDATE))",
                "WITH due AS MATERIALIZED (SELECT id FROM t LIMIT 9 FOR UPDATE) DELETE FROM t USING due WHERE t.id = due.id",
                "SELECT FROM u CROSS JOIN LATERAL (SELECT id FROM t WHERE t.u = u.id LIMIT 1 FOR UPDATE) AS first",
                "DELETE FROM t WHERE id IN (SELECT id FROM t WHERE a = 'x' LIMIT 9)",
                "DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY id FOR UPDATE)"
            })
    void what_is_evaluated_once_or_has_no_limit_or_no_lock_is_fine(String sql) {
        assertThat(LockingSubqueries.evaluatedAgain(sql)).isEmpty();
    }

    @Test
    void a_subquery_within_one_that_is_evaluated_once_is_judged_by_itself() {
        assertThat(
                        LockingSubqueries.evaluatedAgain(
                                "WITH due AS (SELECT a FROM t WHERE b IN (SELECT b FROM u LIMIT 1 FOR UPDATE) LIMIT 2) SELECT FROM due"))
                .containsExactly("SELECT b FROM u LIMIT 1 FOR UPDATE");
    }
}
