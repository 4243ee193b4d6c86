package io.tradosphere.competition.leaderboard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * How one participant ended.
 *
 * @param id the result; not shown
 * @param rank final rank among all: 1, 2, 2, 4; in a competition of teams the team's
 * @param prize what is won after the platform's fee; those of all results sum to the pool less the fee
 * @param hidden whether the person is in stealth mode: others see the rank and the prize, and not whose they are
 * @param person whose fields are null when hidden, and once they have departed
 * @param score final score; null when hidden
 */
record ResultView(
        @JsonIgnore UUID id,
        int rank,
        String prize,
        boolean hidden,
        @JsonUnwrapped PersonView person,
        String score) {

    /** The columns, of {@code results r} and {@code profiles p}. */
    static final String COLUMNS = PersonView.COLUMNS + ", r.id, r.rank, r.amount, r.hidden, r.user_id, r.score";

    static ResultView of(Row row) {
        boolean nameless = row.getBoolean("hidden") && row.getUUID("user_id") == null;
        return new ResultView(
                row.getUUID("id"),
                row.getInteger("rank"),
                row.getBigDecimal("amount").toPlainString(),
                row.getBoolean("hidden"),
                PersonView.of(row),
                nameless ? null : Decimals.plain(row.getBigDecimal("score")));
    }
}
