package io.tradosphere.signal.trade;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import io.tradosphere.platform.text.TextCharacters;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** A constraint: a few short tags without duplicates. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Tags.Validator.class)
@interface Tags {

    /** The message. */
    String message() default
            "has at most 20 different tags of 1 to 50 characters, none of them control characters, no space around them";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};

    /** All tags together fit their column when each has at most this many characters. */
    class Validator implements ConstraintValidator<Tags, List<String>> {

        private static final int MOST = 20;
        private static final Pattern TAG = Pattern.compile("(?!\\s)[^\\p{Cntrl}]{1,50}(?<!\\s)");

        @Override
        public boolean isValid(List<String> tags, ConstraintValidatorContext context) {
            return tags == null
                    || tags.size() <= MOST
                            && tags.stream()
                                    .allMatch(tag ->
                                            tag != null && TAG.matcher(tag).matches() && TextCharacters.isLine(tag))
                            && new HashSet<>(tags).size() == tags.size();
        }
    }
}
