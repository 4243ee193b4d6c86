package io.tradosphere.competition.contest;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An amount of money in dollars and cents, or none. */
@Documented
@Target({FIELD, METHOD, PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@DecimalMin("0")
@DecimalMax(value = "1000000000000", inclusive = false)
@Digits(integer = 12, fraction = 2)
@interface Money {

    /** What the client is told. */
    String message() default "is 0 or more and less than 1000000000000, with at most 2 decimals";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
