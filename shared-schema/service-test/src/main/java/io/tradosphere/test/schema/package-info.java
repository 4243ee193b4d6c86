/** What every slice's schema must be, and its migrations do. */
package io.tradosphere.test.schema;
