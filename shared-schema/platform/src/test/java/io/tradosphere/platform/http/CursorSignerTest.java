package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorSignerTest {

    private static final String PATH = "/v1/things";
    private static final Map<String, List<String>> FILTERS = Map.of("status", List.of("active"));

    private final CursorSigner signer = signer("secret");

    @Test
    void a_cursor_is_valid_for_its_list_and_filters_with_any_limit_and_from_any_replica() {
        String cursor = issued();

        signer.verify(cursor, PATH, FILTERS);
        signer("secret")
                .verify(
                        cursor,
                        PATH + "/",
                        Map.of("status", List.of("active"), "limit", List.of("5"), "cursor", List.of(cursor)));
        assertThat(Cursor.parse(cursor, 1).number(0)).isEqualTo(42);
    }

    @Test
    void a_cursor_of_another_list_or_filter_or_installation_is_refused() {
        String cursor = issued();

        refused(signer, cursor, "/v1/others", FILTERS);
        refused(signer, cursor, PATH, Map.of());
        refused(signer, cursor, PATH, Map.of("status", List.of("closed")));
        refused(signer("another"), cursor, PATH, FILTERS);
    }

    @Test
    void a_cursor_that_is_cut_or_changed_or_unsigned_is_refused() {
        String cursor = issued();

        refused(signer, cursor.substring(0, cursor.length() - 1), PATH, FILTERS);
        refused(signer, "x" + cursor, PATH, FILTERS);
        refused(signer, Cursor.after(42), PATH, FILTERS);
        refused(signer, ".", PATH, FILTERS);
    }

    private String issued() {
        return signer.sign(new Page<>(List.of(), Cursor.after(42)), PATH, FILTERS)
                .nextCursor();
    }

    private static CursorSigner signer(String secret) {
        return new CursorSigner("slice", Optional.of(secret), Optional.empty());
    }

    private static void refused(CursorSigner signer, String cursor, String path, Map<String, List<String>> filters) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> signer.verify(cursor, path, filters))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_CURSOR));
    }
}
