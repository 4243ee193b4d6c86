package io.tradosphere.signal.trade;

import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Erases a person's trades, then their imports and mappings. */
@ApplicationScoped
class TradeErasure implements FeatureErasure {

    private static final int AT_ONCE = 1_000;

    private static final String TRADES = """
            DELETE FROM trades WHERE id = ANY (ARRAY(
              SELECT id FROM trades WHERE user_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING id, incarnation, now() AS deleted_at
            """;

    private static final List<ErasureStep> STEPS = List.of(
            ErasureStep.told(
                            TRADES,
                            AT_ONCE,
                            (row, person, incarnation) -> new TradeDeleted(
                                    row.getUUID("id"),
                                    person,
                                    row.getLong("incarnation"),
                                    Rows.instant(row, "deleted_at")))
                    .covering("trades.user_id"),
            PersonalRows.byIncarnation("trade_imports", "id", "user_id", "incarnation")
                    .delete(AT_ONCE),
            PersonalRows.byIncarnation("trade_mappings", "id", "user_id", "incarnation")
                    .delete(AT_ONCE));

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<ErasureStep> steps() {
        return STEPS;
    }
}
