package io.tradosphere.platform.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a decimal number that JSON shows as a string. In the OpenAPI document it is a schema with this name. It may be on a field,
 * or on a constraint that is on the field.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface DecimalText {

    /** The name of the schema, one for each combination of the other values. */
    String name();

    /** The most digits before the point. */
    int integer();

    /** The most digits after the point, the scale. */
    int fraction();

    /** Whether it may be negative. */
    boolean signed() default false;

    /** What kind of number it is, in a few words. */
    String about();
}
