package io.tradosphere.platform.text;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A constraint for text that people write and others read. It has something visible, and no control or format
 * characters except the joiners of emoji. Its length is another constraint's.
 *
 * <p>Null and the empty text are valid. The normal form is that of {@link TextCharacters#normalized}, which every text
 * of a JSON request has.
 */
@Documented
@Target({FIELD, METHOD, PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = FreeText.Validator.class)
public @interface FreeText {

    /** Whether it may have several lines and tabs. A text of one line has no space around it either. */
    boolean lines() default false;

    /** The violation's message. */
    String message() default
            "has something visible, and no control, format or invisible characters; one line has no space around it";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};

    /** The validator of the constraint. */
    class Validator implements ConstraintValidator<FreeText, String> {

        private boolean lines;

        @Override
        public void initialize(FreeText constraint) {
            lines = constraint.lines();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            return text == null
                    || text.isEmpty()
                    || (lines ? TextCharacters.isText(text) : TextCharacters.isLine(text));
        }
    }
}
