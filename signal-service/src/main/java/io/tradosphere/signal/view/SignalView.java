package io.tradosphere.signal.view;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A signal as the API shows it. Decimals are strings of plain digits.
 *
 * @param assetSymbol what is traded, upper case, such as {@code BTC/USD}
 * @param assetType {@code crypto}, {@code stocks}, {@code futures} or {@code forex}
 * @param direction {@code LONG} or {@code SHORT}
 * @param entryPrice where to enter; null when there is none
 * @param targetPrice the price that makes it a hit; null when there is none
 * @param stopLoss the price that makes it a miss; null when there is none
 * @param riskRewardRatio distance to the target over distance to the stop; null unless all three prices are given
 * @param positionSize suggested size of the position; null when there is none
 * @param timeframe over what time it is meant, such as {@code 4H}; null when there is none
 * @param chartImageUrl null when there is none
 * @param status {@code active}, {@code hit}, {@code miss} or {@code cancelled}
 * @param outcomePrice the price that decided it; null while active, and where no price was named
 * @param outcomeSource {@code market} or {@code creator}; null while active
 * @param hitAt when the target was reached; null unless it is a hit
 * @param resolvedAt when it was decided; null while active
 * @param aiParsed whether the fields were read from free text by machine
 * @param aiConfidence {@code high}, {@code medium} or {@code low}; null when it was not parsed
 */
public record SignalView(
        UUID id,
        PersonView creator,
        String assetSymbol,
        String assetType,
        String direction,
        String entryPrice,
        String targetPrice,
        String stopLoss,
        String riskRewardRatio,
        String positionSize,
        String rationale,
        String timeframe,
        String chartImageUrl,
        String status,
        String outcomePrice,
        String outcomeSource,
        Instant hitAt,
        Instant resolvedAt,
        boolean aiParsed,
        String aiConfidence,
        long viewCount,
        long likeCount,
        long commentCount,
        Instant postedAt,
        Instant updatedAt) {

    /** The columns of a view, of {@link #TABLES}; and the signal's version and which life of its creator's it is of. */
    public static final String COLUMNS = """
            s.id, s.asset_symbol, s.asset_type, s.direction, s.entry_price, s.target_price, s.stop_loss, s.risk_reward_ratio,
            s.position_size, s.rationale, s.timeframe, s.chart_image_url, s.status, s.outcome_price, s.outcome_source,
            s.hit_at, s.resolved_at, s.ai_parsed, s.ai_confidence, s.view_count, s.like_count, s.comment_count,
            s.posted_at, s.updated_at, s.version, s.creator_id, s.incarnation,
            """ + PersonView.COLUMNS + " ";

    /** What joins the creator to a relation {@code s} of signals; every signal has one. */
    public static final String JOIN_CREATOR = " JOIN profiles p ON p.id = s.creator_id ";

    /** The tables behind {@link #COLUMNS}. */
    public static final String TABLES = " signals s" + JOIN_CREATOR;

    /** A row of {@link #COLUMNS}. */
    public static SignalView of(Row row) {
        return new SignalView(
                row.getUUID("id"),
                PersonView.of(row),
                row.getString("asset_symbol"),
                row.getString("asset_type"),
                row.getString("direction"),
                Decimals.plain(row.getBigDecimal("entry_price")),
                Decimals.plain(row.getBigDecimal("target_price")),
                Decimals.plain(row.getBigDecimal("stop_loss")),
                Decimals.plain(row.getBigDecimal("risk_reward_ratio")),
                Decimals.plain(row.getBigDecimal("position_size")),
                row.getString("rationale"),
                row.getString("timeframe"),
                row.getString("chart_image_url"),
                row.getString("status"),
                Decimals.plain(row.getBigDecimal("outcome_price")),
                row.getString("outcome_source"),
                Rows.instant(row, "hit_at"),
                Rows.instant(row, "resolved_at"),
                row.getBoolean("ai_parsed"),
                row.getString("ai_confidence"),
                row.getLong("view_count"),
                row.getLong("like_count"),
                row.getLong("comment_count"),
                Rows.instant(row, "posted_at"),
                Rows.instant(row, "updated_at"));
    }

    /** The same signal with its counters as they are now. */
    public SignalView counting(long viewCount, long likeCount, long commentCount) {
        return new SignalView(
                id,
                creator,
                assetSymbol,
                assetType,
                direction,
                entryPrice,
                targetPrice,
                stopLoss,
                riskRewardRatio,
                positionSize,
                rationale,
                timeframe,
                chartImageUrl,
                status,
                outcomePrice,
                outcomeSource,
                hitAt,
                resolvedAt,
                aiParsed,
                aiConfidence,
                viewCount,
                likeCount,
                commentCount,
                postedAt,
                updatedAt);
    }
}
