package io.tradosphere.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The largest request body of a resource method. Without it the limit is {@link #DEFAULT_KILOBYTES}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyLimit {

    /** The limit of methods without this annotation; enough for every JSON body of the API. */
    int DEFAULT_KILOBYTES = 128;

    /** The limit in units of 1,024 bytes; at most {@code quarkus.http.limits.max-body-size}. */
    int kilobytes();
}
