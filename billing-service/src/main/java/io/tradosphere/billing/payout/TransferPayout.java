package io.tradosphere.billing.payout;

import com.stripe.model.Balance;
import com.stripe.model.Transfer;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.billing.payoutaccount.PayoutAccounts;
import io.tradosphere.billing.payoutaccount.PayoutAccounts.PayoutAccount;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import io.tradosphere.contracts.billing.PayoutFailed;
import io.tradosphere.contracts.billing.PayoutKind;
import io.tradosphere.contracts.billing.PayoutPaid;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;

/**
 * A task at Stripe: transfers a payout to its person's connected account, once. Stripe's idempotency keys end after a day, so a
 * repeated task first looks for the transfer in Stripe's list. What cannot be paid now waits for the next run.
 */
@ApplicationScoped
class TransferPayout implements StripeTaskHandler {

    static final String KIND = "transfer-payout";

    /** Stripe's code for a balance that is too low, and ours for one that is known to be. */
    private static final String TOO_LOW = "balance_insufficient";

    private static final String DUE = """
            SELECT p.id, p.profile_id, p.incarnation, p.kind, p.source_id, p.amount, p.currency, p.refusals, l.month
            FROM payouts p LEFT JOIN legends_pool l ON p.kind = 'pool_share' AND l.id = p.source_id
            WHERE p.id = $1 AND p.status IN ('owed', 'failed') AND p.profile_id IS NOT NULL
            """;
    private static final String PAID = """
            UPDATE payouts SET status = 'paid', stripe_transfer_id = $2, paid_at = now(), reason = NULL
            WHERE id = $1 AND status IN ('owed', 'failed') RETURNING profile_id, paid_at AS at
            """;
    private static final String FAILED = """
            UPDATE payouts SET status = 'failed', reason = $2, refusals = refusals + 1
            WHERE id = $1 AND status IN ('owed', 'failed') AND profile_id IS NOT NULL RETURNING profile_id, updated_at AS at
            """;
    private static final String TOO_MUCH = """
            UPDATE payouts SET status = 'owed', reason = $2, refusals = refusals + 1
            WHERE id = $1 AND status IN ('owed', 'failed')
            """;

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final PayoutAccounts accounts;

    /** @param month the month of a share of the pool; null for a prize */
    private record Payout(
            UUID id,
            UUID profile,
            long incarnation,
            PayoutKind kind,
            UUID source,
            YearMonth month,
            BigDecimal amount,
            String currency,
            int refusals) {

        static Payout of(Row row) {
            LocalDate month = row.getLocalDate("month");
            return new Payout(
                    row.getUUID("id"),
                    row.getUUID("profile_id"),
                    row.getLong("incarnation"),
                    EnumText.parse(PayoutKind.class, row.getString("kind")),
                    row.getUUID("source_id"),
                    month == null ? null : YearMonth.from(month),
                    row.getBigDecimal("amount"),
                    row.getString("currency"),
                    row.getInteger("refusals"));
        }

        UUID competition() {
            return kind == PayoutKind.PRIZE ? source : null;
        }

        StripeCurrency stripeCurrency() {
            return StripeCurrency.of(currency).orElseThrow();
        }

        long units() {
            return amount.movePointRight(stripeCurrency().stripeDigits()).longValueExact();
        }
    }

    TransferPayout(SliceDatabase slice, Stripe stripe, PayoutAccounts accounts) {
        this.slice = slice;
        this.stripe = stripe;
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> run(String payout, String nothing) {
        return slice.asWorker(DUE, UUID.fromString(payout))
                .map(rows -> Rows.first(rows, Payout::of))
                .chain(due ->
                        due.map(this::transfer).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> transfer(Payout payout) {
        return made(stripe, payout.id())
                .chain(made -> made.map(transfer -> paid(payout, transfer))
                        .orElseGet(() -> accounts.current(payout.profile())
                                .chain(account -> account.filter(PayoutAccount::payoutsEnabled)
                                        .map(known -> transferTo(payout, known.id()))
                                        // It is shown as waiting.
                                        .orElseGet(() -> Uni.createFrom().voidItem()))));
    }

    /** The transfer of a payout, which an attempt whose answer got lost may have made. */
    static Uni<Optional<Transfer>> made(Stripe stripe, UUID payout) {
        TransferListParams ofPayout =
                TransferListParams.builder().setTransferGroup(payout.toString()).build();
        return stripe.call("transfers", api -> api.transfers().list(ofPayout))
                .map(found -> found.getData().stream().findFirst());
    }

    private Uni<Void> transferTo(Payout payout, String account) {
        return stripe.call("balance", api -> api.balance().retrieve())
                .chain(balance -> available(balance, payout) < payout.units()
                        ? slice.asWorker(TOO_MUCH, payout.id(), TOO_LOW).replaceWithVoid()
                        : create(payout, account)
                                .chain(transfer -> paid(payout, transfer))
                                .onFailure(StripeRefused.class)
                                .recoverWithUni(refused -> refused(payout, (StripeRefused) refused)));
    }

    private Uni<Transfer> create(Payout payout, String account) {
        TransferCreateParams transfer = TransferCreateParams.builder()
                .setAmount(payout.units())
                .setCurrency(payout.stripeCurrency().stripeCode())
                .setDestination(account)
                .setTransferGroup(payout.id().toString())
                .putMetadata("payout", payout.id().toString())
                .build();
        return stripe.call(
                "transfers",
                // Stripe repeats a refusal for the same key, so each attempt after one has a key of its own.
                api -> api.transfers().create(transfer, Stripe.once("payout", payout.id(), payout.refusals())));
    }

    private static long available(Balance balance, Payout payout) {
        return balance.getAvailable().stream()
                .filter(part ->
                        part.getCurrency().equals(payout.stripeCurrency().stripeCode()))
                .mapToLong(Balance.Available::getAmount)
                .sum();
    }

    private Uni<Void> paid(Payout payout, Transfer transfer) {
        return slice.asWorker(tx -> tx.execute(PAID, payout.id(), transfer.getId())
                .chain(rows -> Rows.first(rows, row -> row)
                        .filter(row -> row.getUUID("profile_id") != null)
                        .map(row -> tx.publish(new PayoutPaid(
                                payout.id(),
                                payout.profile(),
                                payout.incarnation(),
                                payout.kind(),
                                payout.competition(),
                                payout.month(),
                                payout.amount(),
                                payout.currency(),
                                Rows.instant(row, "at"))))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    private Uni<Void> refused(Payout payout, StripeRefused refused) {
        String code = refused.code() == null ? "refused" : refused.code();
        if (code.equals(TOO_LOW)) {
            return slice.asWorker(TOO_MUCH, payout.id(), TOO_LOW).replaceWithVoid();
        }
        return slice.asWorker(tx -> tx.execute(FAILED, payout.id(), code)
                .chain(rows -> Rows.first(rows, row -> Rows.instant(row, "at"))
                        .map(at -> tx.publish(failed(payout, code, at)))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    private static PayoutFailed failed(Payout payout, String code, Instant at) {
        return new PayoutFailed(
                payout.id(),
                payout.profile(),
                payout.incarnation(),
                payout.kind(),
                payout.competition(),
                payout.month(),
                payout.amount(),
                payout.currency(),
                code,
                at);
    }
}
