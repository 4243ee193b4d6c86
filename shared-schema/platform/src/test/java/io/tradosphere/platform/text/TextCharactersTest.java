package io.tradosphere.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCharactersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Night Traders",
                "Zürich",
                "Ночные трейдеры",
                "夜の取引",
                "متداولون",
                "हिन्दी",
                "\uD83D\uDE80",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\u2764\uFE0F\u200D\uD83D\uDD25",
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB",
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
                "1\uFE0F\u20E3",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F"
            })
    void text_of_any_script_with_emoji_is_a_line(String text) {
        assertThat(TextCharacters.isLine(text)).isTrue();
        assertThat(TextCharacters.isText(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Bb",
                "a\u200Db",
                "a\uFE0Fb",
                "\u200D\uD83D\uDE80",
                "\uD83D\uDE80\u200D",
                "\u202Eabc",
                "\u2066abc\u2069",
                "\uFEFFabc",
                "a\u00ADb",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "a\u3164b",
                "a\u115Fb",
                "\u2800",
                "a\u034Fb",
                "a\uDB40\uDC67b",
                "a\uDB40\uDD00",
                "a\u001Bb"
            })
    void control_format_and_invisible_characters_are_not_permitted(String text) {
        assertThat(TextCharacters.isLine(text)).isFalse();
        assertThat(TextCharacters.isText(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u3000 ", "\n\t", "\u0301"})
    void text_of_nothing_visible_is_none(String text) {
        assertThat(TextCharacters.isText(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\u00A0a", "a\u3000", "a\nb", "a\tb"})
    void a_line_has_no_space_around_it_and_no_line_break(String text) {
        assertThat(TextCharacters.isLine(text)).isFalse();
        assertThat(TextCharacters.isText(text)).isTrue();
    }

    @Test
    void decomposed_letters_are_composed() {
        assertThat(TextCharacters.normalized("Zu\u0308rich")).isEqualTo("Z\u00FCrich");
        assertThat(TextCharacters.normalized("plain")).isSameAs("plain");
        assertThat(TextCharacters.normalized(null)).isNull();
    }
}
