package io.tradosphere.cli.suite;

import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks PostgreSQL whether it is there. */
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
