package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The source of the trades that competitions score. A row is a trader with all closed trades; a key to be published again is
 * {@code trader:trade:incarnation}.
 */
@ApplicationScoped
class TradeSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT user_id::text AS key,
              jsonb_object_agg(id, jsonb_build_object('incarnation', incarnation, 'asset_type', asset_type, 'net_pnl', net_pnl::text,
                'opened_at', (extract(epoch FROM opened_at) * 1000000)::bigint,
                'closed_at', (extract(epoch FROM closed_at) * 1000000)::bigint,
                'reported_at', (extract(epoch FROM close_reported_at) * 1000000)::bigint,
                'recorded_at', (extract(epoch FROM updated_at) * 1000000)::bigint)) AS state,
              max(version)::text AS mark
            FROM trades WHERE closed_at IS NOT NULL AND {user_id} GROUP BY user_id
            """;

    private static final String NAMED = """
            SELECT split_part(key, ':', 1)::uuid AS user_id, split_part(key, ':', 2)::uuid AS id, split_part(key, ':', 3)::bigint AS incarnation
            FROM unnest($1::text[]) AS key
            """;

    private static final String LOCK = """
            SELECT t.* FROM trades t JOIN (%s) AS named USING (id, user_id) ORDER BY t.id FOR UPDATE OF t
            """.formatted(NAMED);
    private static final String ABSENT = """
            SELECT named.*, now() AS deleted_at FROM (%s) AS named
            WHERE NOT EXISTS (SELECT FROM trades t WHERE t.id = named.id AND t.user_id = named.user_id) ORDER BY named.id
            """.formatted(NAMED);

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "trades";
    }

    @Override
    public Topic topic() {
        return Topic.TRADES;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    /** The time of the correction stays that of the trade's last change: a trade recorded in time still counts. */
    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        Object trades = keys.toArray(String[]::new);
        return tx.execute(LOCK, trades)
                .chain(rows -> tx.publish(Rows.list(rows, TradeEvents::corrected)))
                .chain(() -> tx.execute(ABSENT, trades))
                .chain(rows -> tx.publish(Rows.list(rows, TradeSource::deleted)));
    }

    private static TradeDeleted deleted(Row row) {
        UUID trade = row.getUUID("id");
        return new TradeDeleted(
                trade, row.getUUID("user_id"), row.getLong("incarnation"), Rows.instant(row, "deleted_at"));
    }
}
