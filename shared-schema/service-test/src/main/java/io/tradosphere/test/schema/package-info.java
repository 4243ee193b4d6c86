/** Rules for every slice's schema and migrations. */
package io.tradosphere.test.schema;
