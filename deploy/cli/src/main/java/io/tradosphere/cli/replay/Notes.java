package io.tradosphere.cli.replay;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The list that each slice keeps of its dead letters. */
final class Notes {

    private final Address superuser;

    Notes(Address superuser) {
        this.superuser = superuser;
    }

    /** Strikes letters that were put back off the list of the group's slice; a group that isn't the suite's has none. */
    void strike(DeadLetters letters, List<DeadLetters.Origin> origins) {
        String service = letters.group().replaceFirst("\\..*", "");
        for (Slice slice : Slice.values()) {
            if (slice.service().equals(service)) {
                strike(slice, letters, origins);
            }
        }
    }

    private void strike(Slice slice, DeadLetters letters, List<DeadLetters.Origin> origins) {
        String sql = "DELETE FROM " + slice.schema()
                + ".dead_letters WHERE topic = ? AND consumer_group = ? AND partition = ? AND record_offset = ?";
        try (Connection connection = superuser.connect();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            for (DeadLetters.Origin origin : origins) {
                delete.setString(1, letters.topic());
                delete.setString(2, letters.group());
                delete.setInt(3, origin.partition());
                delete.setLong(4, origin.offset());
                delete.addBatch();
            }
            delete.executeBatch();
        } catch (SQLException e) {
            throw new StackException(
                    "The letters are back in their topic, but not off the list in " + slice.schema() + ".dead_letters: "
                            + e.getMessage(),
                    e);
        }
    }
}
