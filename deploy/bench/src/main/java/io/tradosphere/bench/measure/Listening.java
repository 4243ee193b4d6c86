package io.tradosphere.bench.measure;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Has the server log every statement for a moment, to learn what a service sends for a request. */
final class Listening {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Address superuser;
    private final Path log;

    /**
     * @param superuser of a database of the server
     * @param log the server's log
     */
    Listening(Address superuser, Path log) {
        this.superuser = superuser;
        this.log = log;
    }

    /**
     * What a service sends to the database.
     *
     * @param who the service, such as {@code signal_app@tradosphere}
     * @param text what its statement holds
     * @param request sends the service a request; again, when nothing of it is seen: it may have the answer at hand
     * @return the statements of one transaction, in order; empty when the service asks the database nothing of the kind
     */
    List<SentStatement> hear(String who, String text, Runnable request) throws SQLException, IOException {
        long from = log.toFile().length();
        set("ALTER SYSTEM SET log_statement = 'all'");
        try {
            Waiting.until(LONGEST, () -> {
                request.run();
                return !heard(from, who, text).isEmpty();
            });
            return heard(from, who, text);
        } finally {
            set("ALTER SYSTEM RESET log_statement");
        }
    }

    private List<SentStatement> heard(long from, String who, String text) {
        return SentStatement.firstWith(text, SentStatement.in(since(from), who));
    }

    private void set(String command) throws SQLException {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private List<String> since(long offset) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.max(0, file.length() - offset)];
            file.seek(offset);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new StackException("Cannot read PostgreSQL's log " + log + ": " + e.getMessage(), e);
        }
    }
}
