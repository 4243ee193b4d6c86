package io.tradosphere.cli.suite;

import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.SQLException;

/** A health check of PostgreSQL. */
final class PostgresCheck {

    private PostgresCheck() {}

    static boolean answers(String url) {
        try (Connection connection = Address.parse(url).connect()) {
            return connection.isValid(3);
        } catch (SQLException away) {
            return false;
        }
    }
}
