package io.tradosphere.signal.view;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Audience;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.openapi.DecimalText;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A signal as the API shows it. Decimals are strings of plain digits.
 *
 * @param id the id of the signal
 * @param creator who posted it
 * @param assetSymbol what is traded, upper case, such as {@code BTC/USD}
 * @param assetType the type of the asset
 * @param direction which way it is meant
 * @param entryPrice where to enter; null when there is none
 * @param targetPrice the price that makes it a hit; null when there is none
 * @param stopLoss the price that makes it a miss; null when there is none
 * @param riskRewardRatio distance to the target over distance to the stop; null unless all three prices are given
 * @param positionSize suggested size of the position; null when there is none
 * @param rationale why
 * @param timeframe over what time it is meant, such as {@code 4H}; null when there is none
 * @param chartImageUrl null when there is none
 * @param audience {@code public}, or {@code subscribers} for one that was for subscribers until it was resolved
 * @param status what became of it
 * @param outcomePrice the price at which it was resolved; null while active, and where no price was given
 * @param outcomeSource {@code market} or {@code creator}; null while active
 * @param hitAt when the target was reached; null unless it is a hit
 * @param resolvedAt when it was resolved; null while active
 * @param aiParsed whether the fields were read from free text by machine
 * @param aiConfidence {@code high}, {@code medium} or {@code low}; null when it was not parsed
 * @param viewCount the number of views
 * @param likeCount the number of reactions
 * @param commentCount the number of comments
 * @param postedAt when it was posted
 * @param updatedAt when it last changed
 */
@Schema(name = "Signal")
public record SignalView(
        UUID id,
        ProfileSummary creator,
        String assetSymbol,
        @Schema(implementation = AssetType.class) String assetType,
        @Schema(implementation = Direction.class) String direction,
        @Nullable @Amount String entryPrice,
        @Nullable @Amount String targetPrice,
        @Nullable @Amount String stopLoss,

        @Nullable
        @DecimalText(
                name = "RiskRewardRatio",
                integer = 22,
                fraction = 2,
                about = "Distance to the target over distance to the stop")
        String riskRewardRatio,

        @Nullable @Amount String positionSize,
        String rationale,
        @Nullable String timeframe,
        @Nullable String chartImageUrl,

        @Schema(implementation = Audience.class) String audience,

        @Schema(enumeration = {"active", "hit", "miss", "cancelled"})
        String status,

        @Nullable @Amount String outcomePrice,

        @Nullable @Schema(implementation = OutcomeSource.class)
        String outcomeSource,

        @Nullable Instant hitAt,
        @Nullable Instant resolvedAt,
        boolean aiParsed,

        @Nullable @Schema(enumeration = {"high", "medium", "low"})
        String aiConfidence,

        long viewCount,
        long likeCount,
        long commentCount,
        Instant postedAt,
        Instant updatedAt) {

    /** The columns of a view, of {@link #TABLES}, with the signal's version, its creator's incarnation and whether it is public. */
    public static final String COLUMNS = """
            s.id, s.asset_symbol, s.asset_type, s.direction, s.entry_price, s.target_price, s.stop_loss, s.risk_reward_ratio,
            s.position_size, s.rationale, s.timeframe, s.chart_image_url, s.audience, s.status, s.outcome_price, s.outcome_source,
            s.hit_at, s.resolved_at, s.ai_parsed, s.ai_confidence, s.view_count, s.like_count, s.comment_count,
            s.posted_at, s.updated_at, s.version, s.creator_id, s.incarnation, s.is_public,
            """ + ProfileSummary.COLUMNS + " ";

    /** What joins the creator to a relation {@code s} of signals; every signal has one. */
    public static final String JOIN_CREATOR = " JOIN profiles p ON p.id = s.creator_id ";

    /** The tables behind {@link #COLUMNS}. */
    public static final String TABLES = " signals s" + JOIN_CREATOR;

    /** A row of {@link #COLUMNS}. */
    public static SignalView of(Row row) {
        return new SignalView(
                row.getUUID("id"),
                ProfileSummary.of(row),
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
                row.getString("audience"),
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

    /** The same signal with these counters. */
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
                audience,
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
