package io.tradosphere.signal.trade;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;

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

/** How many times its margin a position is, exactly as its column can hold it. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@DecimalMin(value = "0", inclusive = false)
@DecimalMax("10000")
@Digits(integer = 5, fraction = 2)
@interface Leverage {

    /** What the client is told. */
    String message() default "is more than 0 and at most 10000, with at most 2 decimals";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
