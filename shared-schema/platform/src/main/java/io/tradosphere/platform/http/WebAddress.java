package io.tradosphere.platform.http;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The address of something on the web that other people's clients will open: http or https, nothing that runs. */
@Documented
@Target({FIELD, METHOD, PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "https?://[^\\s<>\"\\\\^`{|}\\x00-\\x20]+")
@Size(max = 2048)
public @interface WebAddress {

    /** What the client is told. */
    String message() default "is an http or https address of at most 2048 characters";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
