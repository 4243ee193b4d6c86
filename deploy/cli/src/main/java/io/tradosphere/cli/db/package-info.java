/** Migrations per slice, and what to watch in the database. */
package io.tradosphere.cli.db;
