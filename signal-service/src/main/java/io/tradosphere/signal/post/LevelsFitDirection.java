package io.tradosphere.signal.post;

import static java.lang.annotation.ElementType.TYPE;

import io.tradosphere.contracts.signal.Direction;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;

/** A constraint: the prices of a signal are in the order of its direction. Each violating field is reported. */
@Documented
@Target(TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = LevelsFitDirection.Validator.class)
@interface LevelsFitDirection {

    /** The message when no field is named. */
    String message() default "LONG has stop, entry and target in this order, SHORT the reverse";

    /** See {@link Constraint}. */
    Class<?>[] groups() default {};

    /** See {@link Constraint}. */
    Class<? extends Payload>[] payload() default {};

    /** Compares each pair of prices that are present. */
    class Validator implements ConstraintValidator<LevelsFitDirection, NewSignal> {

        @Override
        public boolean isValid(NewSignal signal, ConstraintValidatorContext context) {
            if (signal == null || signal.direction() == null) {
                return true;
            }
            boolean isLong = direction(signal) == Direction.LONG;
            String above = isLong ? "above" : "below";
            String below = isLong ? "below" : "above";
            context.disableDefaultConstraintViolation();
            boolean target = ahead(signal, signal.entryPrice(), signal.targetPrice())
                    || refuse(context, "targetPrice", "is " + above + " entryPrice for a " + signal.direction());
            boolean stop = ahead(signal, signal.stopLoss(), signal.entryPrice())
                    || refuse(context, "stopLoss", "is " + below + " entryPrice for a " + signal.direction());
            boolean both = !target
                    || !stop
                    || ahead(signal, signal.stopLoss(), signal.targetPrice())
                    || refuse(context, "stopLoss", "is " + below + " targetPrice for a " + signal.direction());
            return target && stop && both;
        }

        /** An unknown direction is another constraint's matter. */
        private static Direction direction(NewSignal signal) {
            return Direction.LONG.name().equals(signal.direction()) ? Direction.LONG : Direction.SHORT;
        }

        /** Whether the price moves in the signal's direction from one to the other. */
        private static boolean ahead(NewSignal signal, BigDecimal from, BigDecimal to) {
            return from == null
                    || to == null
                    || direction(signal).gain(from, to).signum() > 0;
        }

        private static boolean refuse(ConstraintValidatorContext context, String field, String message) {
            context.buildConstraintViolationWithTemplate(message)
                    .addPropertyNode(field)
                    .addConstraintViolation();
            return false;
        }
    }
}
