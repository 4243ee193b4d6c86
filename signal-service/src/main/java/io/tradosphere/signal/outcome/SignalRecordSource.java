package io.tradosphere.signal.outcome;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReconciliationException;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The source of creators' signal records: how many public signals they posted and cancelled, and each hit or miss. */
@ApplicationScoped
class SignalRecordSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT concat(creator_id, ':', incarnation) AS key,
              jsonb_build_object('total_signals', count(*), 'cancelled_signals', count(*) FILTER (WHERE status = 'cancelled'),
                'outcomes', coalesce(jsonb_object_agg(id, jsonb_build_array((extract(epoch FROM resolved_at) * 1000000)::bigint,
                  status = 'hit', outcome_source = 'market')) FILTER (WHERE status IN ('hit', 'miss')), '{}')) AS state,
              concat(count(*), ' ', max(version)) AS mark
            FROM signals WHERE is_public AND {creator_id} GROUP BY creator_id, incarnation
            """;

    /**
     * Locks in the order in which posts and resolutions take them. The creators can then post no signals, and none of theirs can be
     * resolved, edited or deleted. Row locks alone: the consumers of this service go on.
     */
    private static final List<String> LOCKS = List.of(
            "SELECT FROM profiles WHERE {id} ORDER BY id FOR UPDATE",
            "SELECT FROM creators WHERE {id} ORDER BY id FOR NO KEY UPDATE",
            "SELECT FROM signals WHERE {creator_id} ORDER BY id FOR NO KEY UPDATE");

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "signal-records";
    }

    @Override
    public Topic topic() {
        return Topic.SIGNALS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public List<String> locks() {
        return LOCKS;
    }

    /** Records count events, and an event published again would count again. */
    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        throw new ReconciliationException("Signal records are set from their source, not published again.");
    }
}
