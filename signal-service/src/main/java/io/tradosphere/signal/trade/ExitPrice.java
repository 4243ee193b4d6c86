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

/** A constraint: the price of leaving a trade, 0 when it ended worthless, exactly as its column can hold it. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@DecimalMin("0")
@DecimalMax(value = "1000000000000", inclusive = false)
@Digits(integer = 12, fraction = 8)
@DecimalText(name = "ExitPrice", integer = 12, fraction = 8, about = "A price, 0 when it ended worthless")
public @interface ExitPrice {

    /** The message. */
    String message() default "is 0 or more and less than 1000000000000, with at most 8 decimals";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};
}
