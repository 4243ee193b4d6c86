package io.tradosphere.test.layer;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.util.List;

/**
 * A rule for the fields of requests. A text that its other constraints do not limit to plain characters is constrained
 * by the platform's {@code FreeText}.
 */
final class FreeTextRule {

    /** Text with a character that shows nothing: one reverses the text after it, one has no width. */
    private static final List<String> DECEPTIVE = List.of("ab\u202Ecd", "ab\u200Bcd");

    private static final String CONSTRAINTS = "jakarta.validation.constraints";
    private static final String PATTERN = CONSTRAINTS + ".Pattern";
    private static final List<String> SAFE =
            List.of("io.tradosphere.platform.text.FreeText", "io.tradosphere.platform.http.WebAddress");

    private FreeTextRule() {}

    /** The fields of the record that break the rule. */
    static List<String> violations(JavaClass type) {
        return !type.isRecord()
                ? List.of()
                : type.getFields().stream()
                        .filter(field -> field.getRawType().isEquivalentTo(String.class))
                        .filter(field -> isConstrained(field) && mayDeceive(field))
                        .map(JavaField::getFullName)
                        .toList();
    }

    private static boolean isConstrained(JavaField field) {
        return field.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().getPackageName().equals(CONSTRAINTS));
    }

    private static boolean mayDeceive(JavaField field) {
        if (SAFE.stream().anyMatch(field::isAnnotatedWith)) {
            return false;
        }
        return field.tryGetAnnotationOfType(PATTERN)
                .map(FreeTextRule::acceptsDeceptive)
                .orElse(true);
    }

    private static boolean acceptsDeceptive(JavaAnnotation<?> pattern) {
        String regexp = (String) pattern.get("regexp").orElseThrow();
        return DECEPTIVE.stream().anyMatch(text -> text.matches(regexp));
    }
}
