package io.tradosphere.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportFileTest {

    /** What an import takes at most. */
    private static final int MOST_BYTES = 1024 * 1024;

    @ParameterizedTest
    @EnumSource
    void a_file_has_as_many_lines_as_an_import_takes(ImportFile form) {
        String file = form.of(9_999);

        assertThat(file.lines()).hasSize(ImportFile.LINES + 1).doesNotHaveDuplicates();
        assertThat(file.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void no_two_files_have_a_trade_in_common(ImportFile form) {
        assertThat(form.of(2).lines().skip(1))
                .doesNotContainAnyElementsOf(form.of(1).lines().skip(1).toList());
    }
}
