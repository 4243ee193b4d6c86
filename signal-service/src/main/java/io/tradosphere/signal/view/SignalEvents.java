package io.tradosphere.signal.view;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Audience;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalEdited;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.util.List;

/** Creates the events of a signal from its row after a change. */
public final class SignalEvents {

    private SignalEvents() {}

    /** The event of a posted signal. */
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
                Rows.instant(row, "posted_at"),
                audience(row));
    }

    /** The event of a signal whose given fields were edited. */
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

    /** The event of a resolved signal. */
    public static SignalResolved resolved(Row row) {
        return new SignalResolved(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getLong("incarnation"),
                row.getString("asset_symbol"),
                assetType(row),
                Direction.valueOf(row.getString("direction")),
                EnumText.parse(Outcome.class, row.getString("status")),
                EnumText.parse(OutcomeSource.class, row.getString("outcome_source")),
                Decimals.stripped(row.getBigDecimal("outcome_price")),
                Rows.instant(row, "posted_at"),
                Rows.instant(row, "resolved_at"));
    }

    /** The public events of a resolved signal: one that was for subscribers is posted to everybody just before. */
    public static List<SignalEvent> madePublic(Row row) {
        return audience(row) == Audience.PUBLIC ? List.of(resolved(row)) : List.of(posted(row), resolved(row));
    }

    private static Audience audience(Row row) {
        return EnumText.parse(Audience.class, row.getString("audience"));
    }

    private static AssetType assetType(Row row) {
        return EnumText.parse(AssetType.class, row.getString("asset_type"));
    }
}
