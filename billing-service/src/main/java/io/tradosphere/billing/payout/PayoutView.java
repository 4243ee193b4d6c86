package io.tradosphere.billing.payout;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.billing.PayoutKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is paid to somebody.
 *
 * @param id the id of the payout
 * @param profileId who is paid; null for a winner who is not known yet or is erased
 * @param kind prize or pool_share
 * @param sourceId the competition of a prize; null for a share of the pool
 * @param amount how much, with two decimals
 * @param currency ISO 4217 code
 * @param status unfunded, owed, waiting (owed, but its person has no account that can be paid), paid, or failed
 * @param reason why the last attempt did not pay, as Stripe's code; null when none failed
 * @param paidAt when it was transferred; null before
 * @param createdAt when it was owed, or won
 * @param updatedAt when it last changed
 */
@Schema(name = "Payout")
record PayoutView(
        UUID id,
        @Nullable UUID profileId,
        PayoutKind kind,
        @Nullable UUID sourceId,
        String amount,
        String currency,
        String status,
        @Nullable String reason,
        @Nullable Instant paidAt,
        Instant createdAt,
        Instant updatedAt) {

    private static final int CENTS = 2;

    /** The status as it is shown, for a table alias {@code payouts p}. */
    static final String STATUS = """
            CASE WHEN p.status = 'owed' AND NOT EXISTS (
              SELECT FROM payout_accounts a WHERE a.profile_id = p.profile_id AND a.payouts_enabled)
            THEN 'waiting' ELSE p.status END
            """;

    /** The selected columns, for a table alias {@code payouts p}. */
    static final String COLUMNS =
            "p.id, p.profile_id, p.kind, p.source_id, p.amount, p.currency, p.reason, p.paid_at, p.created_at, p.updated_at, "
                    + STATUS + " AS shown_status";

    static PayoutView of(Row row) {
        PayoutKind kind = EnumText.parse(PayoutKind.class, row.getString("kind"));
        return new PayoutView(
                row.getUUID("id"),
                row.getUUID("profile_id"),
                kind,
                kind == PayoutKind.PRIZE ? row.getUUID("source_id") : null,
                row.getBigDecimal("amount")
                        .setScale(CENTS, RoundingMode.UNNECESSARY)
                        .toPlainString(),
                row.getString("currency"),
                row.getString("shown_status"),
                row.getString("reason"),
                Rows.instant(row, "paid_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
