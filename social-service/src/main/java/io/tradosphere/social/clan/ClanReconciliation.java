package io.tradosphere.social.clan;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of clans' member counts, and the source of the replicas of clan members. */
@ApplicationScoped
class ClanReconciliation implements ReplicaSource, Reconciled {

    private static final String COMPARE = """
            SELECT c.id, jsonb_build_object('member_count', count(m.user_id)) AS expected,
              jsonb_build_object('member_count', c.member_count) AS actual
            FROM clans c LEFT JOIN clan_members m ON m.clan_id = c.id WHERE {c.id} GROUP BY c.id
            """;
    private static final String LOCK = "SELECT FROM clans WHERE {id} ORDER BY id FOR UPDATE";
    private static final String RECOUNT = """
            UPDATE clans c SET member_count = (SELECT count(*) FROM clan_members m WHERE m.clan_id = c.id) WHERE {c.id}
            """;

    private static final String MEMBERS = """
            SELECT concat(clan_id, ':', user_id) AS key, jsonb_build_object('incarnation', incarnation, 'role', role) AS state,
              concat(joined_at, ' ', updated_at) AS mark
            FROM clan_members WHERE {clan_id}
            """;

    /** Every change of a clan's members locks the clan first. */
    private static final String LOCK_CLANS = """
            SELECT FROM clans WHERE id IN (SELECT split_part(key, ':', 1)::uuid FROM unnest($1::text[]) AS key) ORDER BY id FOR UPDATE
            """;

    private static final String STATE = """
            SELECT named.key, named.clan_id, named.user_id, m.role, m.joined_at, coalesce(m.incarnation, p.incarnation, 0) AS incarnation
            FROM (SELECT key, split_part(key, ':', 1)::uuid AS clan_id, split_part(key, ':', 2)::uuid AS user_id
                  FROM unnest($1::text[]) AS key) AS named
              LEFT JOIN clan_members m USING (clan_id, user_id) LEFT JOIN profiles p ON p.id = named.user_id
            ORDER BY named.key
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "clans.member_count", Set.of("clans.member_count"), COMPARE, List.of(LOCK), List.of(RECOUNT)));
    }

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "clan-members";
    }

    @Override
    public Topic topic() {
        return Topic.CLAN_MEMBERS;
    }

    @Override
    public String rows() {
        return MEMBERS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        Object members = keys.toArray(String[]::new);
        return tx.execute(LOCK_CLANS, members)
                .chain(() -> tx.execute(STATE, members))
                .chain(rows -> Multi.createFrom()
                        .iterable(Rows.list(rows, row -> row))
                        .onItem()
                        .transformToUniAndConcatenate(row -> publish(tx, row))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private static Uni<Void> publish(Tx tx, Row row) {
        return row.getString("role") == null
                ? MemberEvents.publishLeft(
                        tx,
                        new ClanMemberLeft(row.getUUID("clan_id"), row.getUUID("user_id"), row.getLong("incarnation")))
                : tx.publish(new ClanMemberJoined(
                        row.getUUID("clan_id"),
                        row.getUUID("user_id"),
                        row.getLong("incarnation"),
                        EnumText.parse(ClanRole.class, row.getString("role")),
                        Rows.instant(row, "joined_at")));
    }
}
