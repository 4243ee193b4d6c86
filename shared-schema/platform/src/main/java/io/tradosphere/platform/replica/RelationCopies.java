package io.tradosphere.platform.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import java.util.Set;

/** The reconciliations of the tables of {@link Relations} with social-service. */
public final class RelationCopies {

    @IncompleteSql
    private static final String ROWS = """
            SELECT concat(:one_id, ':', :other_id) AS key,
              jsonb_build_object(':one_incarnation', :one_incarnation, ':other_incarnation', :other_incarnation) AS state,
              sequence::text AS mark, sequence
            FROM :table WHERE :active AND {:one_id}
            """;

    @IncompleteSql
    private static final String FORGET = """
            UPDATE :table SET sequence = 0 WHERE (:one_id, :other_id) IN (
              SELECT split_part(key, ':', 1)::uuid, split_part(key, ':', 2)::uuid FROM unnest($1::text[]) AS key)
            """;

    private RelationCopies() {}

    /**
     * The reconciliation of the table {@code follows}.
     *
     * @param purpose the purpose of the consumer group that maintains it
     */
    public static ReplicaCopy follows(String purpose) {
        return copy("follows", "follower", "following", "is_following", Topic.FOLLOWS, purpose);
    }

    /**
     * The reconciliation of the table {@code blocks}.
     *
     * @param purpose the purpose of the consumer group that maintains it
     */
    public static ReplicaCopy blocks(String purpose) {
        return copy("blocks", "blocker", "blocked", "is_blocking", Topic.BLOCKS, purpose);
    }

    private static ReplicaCopy copy(
            String table, String one, String other, String active, Topic topic, String purpose) {
        return new ReplicaCopy(
                table,
                Set.of(
                        table + "." + active,
                        table + "." + one + "_incarnation",
                        table + "." + other + "_incarnation",
                        table + ".sequence"),
                "social",
                table,
                topic,
                purpose,
                sql(ROWS, table, one, other, active),
                new ReplicaRepair.Republish(sql(FORGET, table, one, other, active)));
    }

    private static String sql(String template, String table, String one, String other, String active) {
        return template.replace(":table", table)
                .replace(":one_", one + "_")
                .replace(":other_", other + "_")
                .replace(":active", active);
    }
}
