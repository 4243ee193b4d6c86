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

/** A constraint: the broker's fees, negative for a rebate, exactly as their column can hold them. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@DecimalMin(value = "-1000000000000", inclusive = false)
@DecimalMax(value = "1000000000000", inclusive = false)
@Digits(integer = 12, fraction = 8)
@DecimalText(
        name = "Fees",
        integer = 12,
        fraction = 8,
        signed = true,
        about = "The fees of a broker, negative for a rebate")
public @interface Fees {

    /** The message. */
    String message() default "is between -1000000000000 and 1000000000000, with at most 8 decimals";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
