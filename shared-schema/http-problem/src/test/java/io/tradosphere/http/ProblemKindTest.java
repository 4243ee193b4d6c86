package io.tradosphere.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The problem types are a contract: each is documented, and stays what it is. */
class ProblemKindTest {

    private static final Path PAGE = Path.of("../../docs/problems.md");
    private static final String RENEW =
            "mvn test -pl shared-schema/http-problem -Dtest=ProblemKindTest -Drenew.docs=true";
    private static final String INTRODUCTION = """
            # Problems

            Every error is `application/problem+json` (RFC 9457). `type` is `https://tradosphere.io/problems/` and one of these
            names. `detail` says what to do.

            | status | name | meaning |
            |---|---|---|
            """;

    @Test
    void the_page_of_problems_lists_every_kind() throws IOException {
        String expected = Arrays.stream(ProblemKind.values())
                .sorted(Comparator.comparing(ProblemKind::status).thenComparing(ProblemKind::id))
                .map(kind -> "| %d | `%s` | %s |\n".formatted(kind.status(), kind.id(), kind.title()))
                .collect(Collectors.joining("", INTRODUCTION, ""));
        if (Boolean.getBoolean("renew.docs")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/problems.md is generated. Renew it with: %s", RENEW)
                .isEqualTo(expected);
    }

    @Test
    void every_kind_is_explained() {
        assertThat(ProblemTexts.read()).hasSize(ProblemKind.values().length).allSatisfy((kind, text) -> {
            assertThat(text.meaning()).as(kind.id()).endsWith(".");
            assertThat(text.remedy()).as(kind.id()).endsWith(".");
        });
    }

    @Test
    void no_two_kinds_have_the_same_title() {
        assertThat(ProblemKind.values()).extracting(ProblemKind::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void a_kind_has_a_type_in_kebab_case_and_an_error_status(ProblemKind kind) {
        assertThat(kind.type().toString()).matches("https://tradosphere\\.io/problems/[a-z]+(-[a-z]+)*");
        assertThat(kind.status()).isBetween(400, 599);
    }
}
