package io.tradosphere.signal.post;

import static java.lang.annotation.ElementType.TYPE;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;

/** The prices of a call stand in the order that its direction asks for; each that does not is named. */
@Documented
@Target(TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = LevelsFitDirection.Validator.class)
@interface LevelsFitDirection {

    /** What the client is told when no field is named. */
    String message() default "LONG has stop, entry and target in this order, SHORT the reverse";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};

    /** Compares each two of the prices that are there. */
    class Validator implements ConstraintValidator<LevelsFitDirection, NewSignal> {

        @Override
        public boolean isValid(NewSignal call, ConstraintValidatorContext context) {
            if (call == null || call.direction() == null) {
                return true;
            }
            String above = call.isLong() ? "above" : "below";
            String below = call.isLong() ? "below" : "above";
            context.disableDefaultConstraintViolation();
            boolean target = ahead(call, call.entryPrice(), call.targetPrice())
                    || refuse(context, "targetPrice", "is " + above + " entryPrice for a " + call.direction());
            boolean stop = ahead(call, call.stopLoss(), call.entryPrice())
                    || refuse(context, "stopLoss", "is " + below + " entryPrice for a " + call.direction());
            boolean both = !target
                    || !stop
                    || ahead(call, call.stopLoss(), call.targetPrice())
                    || refuse(context, "stopLoss", "is " + below + " targetPrice for a " + call.direction());
            return target && stop && both;
        }

        /** Whether the price moves the right way from the one to the other. */
        private static boolean ahead(NewSignal call, BigDecimal from, BigDecimal to) {
            return from == null || to == null || (call.isLong() ? 1 : -1) * to.compareTo(from) > 0;
        }

        private static boolean refuse(ConstraintValidatorContext context, String field, String message) {
            context.buildConstraintViolationWithTemplate(message)
                    .addPropertyNode(field)
                    .addConstraintViolation();
            return false;
        }
    }
}
