package io.tradosphere.competition.leaderboard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.competition.definition.Money;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.openapi.DecimalText;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The final result of one participant.
 *
 * @param id the result's id; not serialised
 * @param rank final rank with ties: 1, 2, 2, 4; in a team competition the team's rank
 * @param prize prize after the platform's fee; all prizes sum to the pool less the fee
 * @param hidden whether the participant is in stealth mode; others see only rank and prize
 * @param person profile summary; its fields are null when hidden or erased
 * @param score final score; null when hidden
 */
@Schema(name = "CompetitionResult")
record ResultView(
        @JsonIgnore UUID id,
        int rank,
        @Money String prize,
        boolean hidden,
        @Nullable @JsonUnwrapped ProfileSummary person,

        @Nullable @DecimalText(name = "Score", integer = 12, fraction = 8, signed = true, about = "A score")
        String score) {

    /** The selected columns, for the aliases {@code results r} and {@code profiles p}. */
    static final String COLUMNS = ProfileSummary.COLUMNS + ", r.id, r.rank, r.amount, r.hidden, r.user_id, r.score";

    static ResultView of(Row row) {
        boolean nameless = row.getBoolean("hidden") && row.getUUID("user_id") == null;
        return new ResultView(
                row.getUUID("id"),
                row.getInteger("rank"),
                row.getBigDecimal("amount").toPlainString(),
                row.getBoolean("hidden"),
                ProfileSummary.of(row),
                nameless ? null : Decimals.plain(row.getBigDecimal("score")));
    }
}
