package io.tradosphere.cli.verify;

import io.tradosphere.cli.db.MigratedSlices;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The databases of three slices, side by side, without their services: a test does what these would. */
final class World implements AutoCloseable {

    private final TestDatabase database = MigratedSlices.of(Slice.PROFILE, Slice.SIGNAL, Slice.SOCIAL);

    World() {
        TestStack.get().ensureTopics();
        read(UnderWay.SIGNALS);
        read(UnderWay.ENGAGEMENT);
        read(UnderWay.FOLLOWS);
    }

    Endpoints endpoints() {
        return new Endpoints(Map.of(
                "POSTGRES_URL",
                database.superuser().url(),
                "KAFKA_BOOTSTRAP",
                TestStack.get().kafkaBootstrap()));
    }

    Reconciliation.Outcome verify(Reconciliation count) {
        return count.run(endpoints(), false);
    }

    Reconciliation.Outcome repair(Reconciliation count) {
        return count.run(endpoints(), true);
    }

    Connection connect() throws SQLException {
        return database.superuser().connect();
    }

    /** Somebody whom all three slices know. */
    UUID person() {
        UUID id = UUID.randomUUID();
        String name = "u" + id.toString().replace("-", "").substring(0, 20);
        sql("INSERT INTO profile.profiles (id, username, incarnation) VALUES (?, ?, 7)", id, name);
        for (String slice : new String[] {"signal", "social"}) {
            sql(
                    "INSERT INTO " + slice
                            + ".profiles (id, username, tier, incarnation, sequence) VALUES (?, ?, 'grow', 7, 1)",
                    id,
                    name);
        }
        return id;
    }

    /** A signal of theirs. */
    UUID signal(UUID creator) {
        UUID id = UUID.randomUUID();
        sql("""
                INSERT INTO signal.signals (id, creator_id, incarnation, asset_symbol, asset_type, direction, rationale)
                VALUES (?, ?, 7, 'BTC/USD', 'crypto', 'LONG', 'A test')
                """, id, creator);
        return id;
    }

    /** A signal of theirs with this outcome, which came after all they have. */
    UUID signal(UUID creator, String status, String source) {
        UUID id = signal(creator);
        sql("UPDATE signal.signals SET status = ?, outcome_source = ? WHERE id = ?", status, source, id);
        return id;
    }

    /** Runs statements in one transaction, each with all the arguments. */
    int sql(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The one row that it yields, as text. */
    String row(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(
                        connection,
                        "SELECT concat_ws(' ', VARIADIC ARRAY(SELECT value FROM jsonb_each_text(to_jsonb(t))))"
                                + " FROM (" + sql + ") AS t",
                        arguments);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : "nothing";
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** What other tests have left in the topic is none of ours. */
    private static void read(UnderWay way) {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()))) {
            Topic topic = way.topic();
            Map<TopicPartition, OffsetSpec> partitions = IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(partitions)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(way.group(), ends).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("The broker does not answer", e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
