/** The rules of a service's SQL statements. */
package io.tradosphere.test.statement;
