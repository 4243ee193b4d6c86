package io.tradosphere.stack.postgres;

import io.tradosphere.stack.StackException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A database on 127.0.0.1 and who connects.
 *
 * @param port the server's
 * @param database the database's name
 * @param user the role
 * @param password its password
 */
public record Address(int port, String database, String user, String password) {

    private static final String SCHEME = "postgresql://";
    private static final String HOST = "127.0.0.1";

    /**
     * Reads {@code postgresql://user:password@127.0.0.1:port/database}.
     *
     * @throws StackException when it is not of that form
     */
    public static Address parse(String url) {
        URI uri = URI.create(url);
        String[] who = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        if (!url.startsWith(SCHEME) || who.length != 2 || uri.getPath().length() < 2) {
            throw new StackException(
                    "Not a database's address of the form postgresql://user:password@127.0.0.1:port/database.");
        }
        return new Address(
                uri.getPort(),
                uri.getPath().substring(1),
                URLDecoder.decode(who[0], StandardCharsets.UTF_8),
                URLDecoder.decode(who[1], StandardCharsets.UTF_8));
    }

    /** The address with its user and password, as psql takes it. */
    public String url() {
        return SCHEME + user + ":" + password + "@" + HOST + ":" + port + "/" + database;
    }

    /** The address without a user, as the services take it in {@code TRADOSPHERE_DB_URL}. */
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

    /** The same database as somebody else. */
    public Address as(String otherUser, String otherPassword) {
        return new Address(port, database, otherUser, otherPassword);
    }

    /** A new connection, which the caller closes. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "tradosphere");
        // By hand: DriverManager looks the driver up by the caller's class loader, of which a test run has several.
        return new org.postgresql.Driver().connect(jdbcUrl(), properties);
    }
}
