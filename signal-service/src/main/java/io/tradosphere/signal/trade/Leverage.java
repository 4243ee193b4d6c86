package io.tradosphere.signal.trade;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import io.tradosphere.platform.openapi.DecimalText;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A constraint: the leverage, exactly as its column can hold it. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@DecimalMin(value = "0", inclusive = false)
@DecimalMax("10000")
@Digits(integer = 5, fraction = 2)
@DecimalText(
        name = "Leverage",
        integer = 5,
        fraction = 2,
        about = "A multiple of the margin, more than 0 and at most 10000")
public @interface Leverage {

    /** The message. */
    String message() default "is more than 0 and at most 10000, with at most 2 decimals";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
