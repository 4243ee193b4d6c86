package io.tradosphere.platform.db;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that looks like a statement and is completed elsewhere: a part of statements, such as an INSERT from another part's
 * CTE, or one with placeholders for names. The test that prepares every statement leaves it out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface IncompleteSql {}
