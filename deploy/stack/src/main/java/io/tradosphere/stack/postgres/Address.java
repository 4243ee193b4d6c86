package io.tradosphere.stack.postgres;

import io.tradosphere.stack.StackException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The address of a database on 127.0.0.1, with a user.
 *
 * @param port the server's port
 * @param database the database's name
 * @param user the role
 * @param password the role's password
 */
public record Address(int port, String database, String user, String password) {

    private static final String SCHEME = "postgresql://";
    private static final String HOST = "127.0.0.1";

    /**
     * Parses {@code postgresql://user:password@127.0.0.1:port/database}.
     *
     * @throws StackException when the text has another form
     */
    public static Address parse(String url) {
        URI uri = URI.create(url);
        String[] who = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        if (!url.startsWith(SCHEME) || who.length != 2 || uri.getPath().length() < 2) {
            throw new StackException(
                    "The database address must have the form postgresql://user:password@127.0.0.1:port/database.");
        }
        return new Address(
                uri.getPort(),
                uri.getPath().substring(1),
                URLDecoder.decode(who[0], StandardCharsets.UTF_8),
                URLDecoder.decode(who[1], StandardCharsets.UTF_8));
    }

    /** The address with its user and password, in psql's form. */
    public String url() {
        return SCHEME + user + ":" + password + "@" + HOST + ":" + port + "/" + database;
    }

    /** The address without a user, in the form of {@code TRADOSPHERE_DB_URL}. */
    public String urlWithoutUser() {
        return SCHEME + HOST + ":" + port + "/" + database;
    }

    /** The address without a user, for JDBC. */
    public String jdbcUrl() {
        return "jdbc:" + urlWithoutUser();
    }

    /** The same server and user, another database. */
    public Address in(String otherDatabase) {
        return new Address(port, otherDatabase, user, password);
    }

    /** The same database, another user. */
    public Address as(String otherUser, String otherPassword) {
        return new Address(port, database, otherUser, otherPassword);
    }

    /** Whether the server takes a connection now. */
    public boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** A new connection, which the caller closes. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "tradosphere");
        // Not by DriverManager: it finds the driver by the caller's class loader, of which a test run has several.
        return new org.postgresql.Driver().connect(jdbcUrl(), properties);
    }
}
