package io.tradosphere.cli.db;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Secrets;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The database that a command uses. The environment's database takes precedence over the running suite's. */
final class Target {

    private static final String URL = "TRADOSPHERE_DB_URL";
    private static final String PASSWORD = "TRADOSPHERE_DB_OWNER_PASSWORD";

    private final Map<String, String> environment;

    @Mixin
    private DataFolder data;

    Target() {
        this(System.getenv(), null);
    }

    Target(Map<String, String> environment, DataFolder data) {
        this.environment = environment;
        this.data = data;
    }

    /** The slice's schema in that database, as its owner. */
    Schema schema(Slice slice) {
        return new Schema(data.checkout(), slice, owner(slice));
    }

    DataFolder data() {
        return data;
    }

    /**
     * Refuses a destructive command outside development.
     *
     * @throws StackException one line
     */
    void refuseOutsideDevelopment() {
        if (environment.containsKey(URL) && !"development".equals(environment.get("TRADOSPHERE_ENVIRONMENT"))) {
            throw new StackException(
                    "Refused: the database in " + URL
                            + " is not marked as a development database. Set TRADOSPHERE_ENVIRONMENT=development if it is one.");
        }
    }

    private Address owner(Slice slice) {
        String role = slice.role(Slice.Role.OWNER);
        if (!environment.containsKey(URL)) {
            return Address.parse(Endpoints.ofRunning(data).get("POSTGRES_URL"))
                    .as(role, Secrets.of(data).get(role));
        }
        String password = environment.get(PASSWORD);
        if (password == null) {
            throw new StackException(
                    URL + " is set but " + PASSWORD + " is not. Set the password of " + role + " too.");
        }
        return Address.parse(environment.get(URL).replace("://", "://nobody:none@"))
                .as(role, password);
    }
}
