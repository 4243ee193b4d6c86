/** Migrations of each slice, and database statistics. */
package io.tradosphere.cli.db;
