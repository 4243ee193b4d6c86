package io.tradosphere.stack;

import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Databases;

/**
 * A new database for one test run. It holds only the roles and schemas of some slices.
 *
 * @param superuser its address as superuser
 * @param databases the cluster that holds it
 */
public record TestDatabase(Address superuser, Databases databases) implements AutoCloseable {

    /** The database's name. */
    public String name() {
        return superuser.database();
    }

    /** Its address without a user, as in {@code TRADOSPHERE_DB_URL}. */
    public String url() {
        return superuser.urlWithoutUser();
    }

    /** Its address without a user, for JDBC. */
    public String jdbcUrl() {
        return superuser.jdbcUrl();
    }

    /** The password of a role of one of its slices. */
    public String password(Slice slice, Slice.Role role) {
        return databases.passwords().of(slice.role(role));
    }

    /** Its address as one of a slice's roles. */
    public Address as(Slice slice, Slice.Role role) {
        return superuser.as(slice.role(role), password(slice, role));
    }

    /** Drops the database and ends its connections. */
    @Override
    public void close() {
        databases.drop(name());
    }
}
