package io.tradosphere.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.openapi.models.media.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            [a-z]{3,30}                          ~ ^[a-z]{3,30}$
            ^[A-Z]{3}$                           ~ ^[A-Z]{3}$
            \\S                                  ~ ^[\\s\\S]*\\S[\\s\\S]*$
            (?sU)(?=.*\\S).{1,500}               ~ ^(?=[\\s\\S]*\\S)[\\s\\S]{1,500}$
            (?!\\s)[^\\p{Cntrl}]{1,20}(?<!\\s)   ~ ^(?!\\s)[^\\x00-\\x1f\\x7f]{1,20}(?<!\\s)$
            a+|b+                                ~ ^(?:a+|b+)$
            """)
    void a_java_pattern_becomes_one_of_ecma_262_for_the_whole_text(String java, String ecma) {
        assertThat(Scalars.ecma(java)).isEqualTo(ecma);
    }

    @Test
    void a_pattern_that_lists_words_becomes_an_enum() {
        // Given
        Schema schema = Scalars.text();

        // When
        Scalars.addPattern(schema, "hit|miss|cancelled");

        // Then
        assertThat(schema.getEnumeration()).containsExactly("hit", "miss", "cancelled");
        assertThat(schema.getPattern()).isNull();
    }
}
