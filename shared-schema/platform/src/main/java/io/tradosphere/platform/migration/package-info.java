/** Migrations of a slice's schema: which this version carries, and whether a database has them. */
package io.tradosphere.platform.migration;
