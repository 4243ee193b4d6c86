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

/** Captures the statements that a service sends for a request, by temporarily logging all statements. */
final class StatementCapture {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Address superuser;
    private final Path log;

    /**
     * @param superuser address with the superuser
     * @param log the server's log file
     */
    StatementCapture(Address superuser, Path log) {
        this.superuser = superuser;
        this.log = log;
    }

    /**
     * Captures the statements of a request.
     *
     * @param who the service, such as {@code signal_app@tradosphere}
     * @param text contained in one of the statements
     * @param request sends the request; repeated while no statement appears, since the service may have cached the response
     * @return the statements of one transaction, in order; empty when the service sends no such statement
     */
    List<LoggedStatement> capture(String who, String text, Runnable request) throws SQLException, IOException {
        long from = log.toFile().length();
        set("ALTER SYSTEM SET log_statement = 'all'");
        try {
            Waiting.until(TIMEOUT, () -> {
                request.run();
                return !captured(from, who, text).isEmpty();
            });
            return captured(from, who, text);
        } finally {
            set("ALTER SYSTEM RESET log_statement");
        }
    }

    private List<LoggedStatement> captured(long from, String who, String text) {
        return LoggedStatement.firstTransactionWith(text, LoggedStatement.in(since(from), who));
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
