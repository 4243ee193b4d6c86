package io.tradosphere.cli.replay;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of dead letters in each slice's schema. */
public final class DeadLetterRows {

    private final Address superuser;

    /** Reads the tables as superuser. */
    public DeadLetterRows(Address superuser) {
        this.superuser = superuser;
    }

    /**
     * The dead letters of one consumer group from one topic.
     *
     * @param topic the original topic
     * @param group the consumer group
     * @param count how many there are
     * @param oldest when the oldest was parked, in UTC
     * @param reason why the latest cannot be applied
     */
    public record Parked(String topic, String group, long count, String oldest, String reason) {}

    /**
     * The dead letters of all slices, by topic and group.
     *
     * @throws StackException when the database does not respond; one line
     */
    public List<Parked> parked() {
        String all = Arrays.stream(Slice.values())
                .map(slice ->
                        "SELECT topic, consumer_group, parked_at, reason FROM " + slice.schema() + ".dead_letters")
                .collect(Collectors.joining(" UNION ALL "));
        String sql = "SELECT topic, consumer_group, count(*),"
                + " to_char(min(parked_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
                + " (array_agg(reason ORDER BY parked_at DESC))[1]"
                + " FROM (" + all + ") AS letters GROUP BY topic, consumer_group ORDER BY topic, consumer_group";
        List<Parked> parked = new ArrayList<>();
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                parked.add(new Parked(
                        rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4), rows.getString(5)));
            }
            return parked;
        } catch (SQLException e) {
            throw new StackException("The tables of dead letters cannot be read: " + e.getMessage(), e);
        }
    }

    /** The database's time. A letter that is parked again later has a later one. */
    Timestamp now() {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getTimestamp(1);
        } catch (SQLException e) {
            throw new StackException("PostgreSQL does not respond: " + e.getMessage(), e);
        }
    }

    /**
     * Deletes the rows of replayed dead letters, except of those that were parked again. A consumer group outside the
     * suite has no such rows.
     *
     * @param start when the replay began
     */
    void delete(DeadLetters letters, List<Letter.Origin> origins, Timestamp start) {
        slice(letters).ifPresent(slice -> delete(slice, letters, origins, start));
    }

    /** How many letters of the group have been parked since then. */
    long parkedSince(DeadLetters letters, Timestamp start) {
        Optional<Slice> slice = slice(letters);
        if (slice.isEmpty()) {
            return 0;
        }
        String sql = "SELECT count(*) FROM " + slice.get().schema()
                + ".dead_letters WHERE topic = ? AND consumer_group = ? AND parked_at > ?";
        try (Connection connection = superuser.connect();
                PreparedStatement count = connection.prepareStatement(sql)) {
            count.setString(1, letters.topic());
            count.setString(2, letters.group());
            count.setTimestamp(3, start);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new StackException("PostgreSQL does not respond: " + e.getMessage(), e);
        }
    }

    private static Optional<Slice> slice(DeadLetters letters) {
        String service = letters.group().replaceFirst("\\..*", "");
        return Arrays.stream(Slice.values())
                .filter(slice -> slice.service().equals(service))
                .findFirst();
    }

    private void delete(Slice slice, DeadLetters letters, List<Letter.Origin> origins, Timestamp start) {
        String sql = "DELETE FROM " + slice.schema()
                + ".dead_letters WHERE topic = ? AND consumer_group = ? AND partition = ? AND record_offset = ?"
                + " AND parked_at <= ?";
        try (Connection connection = superuser.connect();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            for (Letter.Origin origin : origins) {
                delete.setString(1, letters.topic());
                delete.setString(2, letters.group());
                delete.setInt(3, origin.partition());
                delete.setLong(4, origin.offset());
                delete.setTimestamp(5, start);
                delete.addBatch();
            }
            delete.executeBatch();
        } catch (SQLException e) {
            throw new StackException(
                    "The dead letters are replayed, but their rows remain in " + slice.schema() + ".dead_letters: "
                            + e.getMessage(),
                    e);
        }
    }
}
