package io.tradosphere.signal.view;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalEdited;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;

/** What is told of a signal, from its row as a change has left it. */
public final class SignalEvents {

    private SignalEvents() {}

    /** It was posted. */
    public static SignalPosted posted(Row row) {
        return new SignalPosted(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getLong("incarnation"),
                row.getString("asset_symbol"),
                assetType(row),
                Direction.valueOf(row.getString("direction")),
                Decimals.stripped(row.getBigDecimal("entry_price")),
                Decimals.stripped(row.getBigDecimal("target_price")),
                Decimals.stripped(row.getBigDecimal("stop_loss")),
                Decimals.stripped(row.getBigDecimal("risk_reward_ratio")),
                Decimals.stripped(row.getBigDecimal("position_size")),
                row.getString("timeframe"),
                row.getBoolean("ai_parsed"),
                Rows.instant(row, "posted_at"));
    }

    /** These fields of it were edited. */
    public static SignalEdited edited(Row row, List<String> changedFields) {
        return new SignalEdited(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getLong("incarnation"),
                changedFields,
                row.getString("timeframe"),
                Decimals.stripped(row.getBigDecimal("position_size")),
                Rows.instant(row, "updated_at"));
    }

    /** It was decided. */
    public static SignalResolved resolved(Row row) {
        return new SignalResolved(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getLong("incarnation"),
                row.getString("asset_symbol"),
                assetType(row),
                Direction.valueOf(row.getString("direction")),
                Outcome.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                OutcomeSource.valueOf(row.getString("outcome_source").toUpperCase(Locale.ROOT)),
                Decimals.stripped(row.getBigDecimal("outcome_price")),
                Rows.instant(row, "posted_at"),
                Rows.instant(row, "resolved_at"));
    }

    private static AssetType assetType(Row row) {
        return AssetType.valueOf(row.getString("asset_type").toUpperCase(Locale.ROOT));
    }
}
