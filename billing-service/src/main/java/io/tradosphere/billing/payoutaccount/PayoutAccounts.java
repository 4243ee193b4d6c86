package io.tradosphere.billing.payoutaccount;

import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountCreateParams.Capabilities;
import com.stripe.param.AccountLinkCreateParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Connected accounts (Stripe Connect, Express). A row follows Stripe's answer, so it is never ahead of Stripe. */
@ApplicationScoped
public class PayoutAccounts {

    private static final String CREATOR = """
            SELECT p.tier, p.incarnation, a.stripe_account_id FROM profiles p
            LEFT JOIN payout_accounts a ON a.profile_id = p.id WHERE p.id = $1
            """;
    private static final String STORE = """
            INSERT INTO payout_accounts (profile_id, stripe_account_id, payouts_enabled) VALUES ($1, $2, $3)
            ON CONFLICT (profile_id) DO UPDATE SET profile_id = EXCLUDED.profile_id RETURNING stripe_account_id
            """;
    private static final String UPDATE = "UPDATE payout_accounts SET payouts_enabled = $2 WHERE stripe_account_id = $1";

    private static final String FIND =
            "SELECT profile_id, stripe_account_id, payouts_enabled FROM payout_accounts WHERE profile_id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;

    /**
     * A connected account.
     *
     * @param id Stripe's id
     * @param payoutsEnabled whether its owner can be paid
     */
    public record PayoutAccount(String id, boolean payoutsEnabled) {

        private static PayoutAccount of(Row row) {
            return new PayoutAccount(row.getString("stripe_account_id"), row.getBoolean("payouts_enabled"));
        }
    }

    PayoutAccounts(SliceDatabase slice, Stripe stripe) {
        this.slice = slice;
        this.stripe = stripe;
    }

    /**
     * Makes a link to Stripe's onboarding pages, and the account when the caller has none.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403)
     */
    Uni<OnboardingLink> link(Caller caller, OnboardingRequest request) {
        return accountOf(caller)
                .chain(account -> stripe.call(
                        "account_links",
                        // No idempotency key: a link is for one use, so every request needs its own.
                        api -> api.accountLinks()
                                .create(AccountLinkCreateParams.builder()
                                        .setAccount(account)
                                        .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                                        .setReturnUrl(request.returnUrl())
                                        .setRefreshUrl(request.refreshUrl())
                                        .build())))
                .map(PayoutAccounts::link);
    }

    /**
     * The account of a creator, asked for at Stripe when it cannot be paid yet as far as this slice knows.
     *
     * @return empty when the creator has begun no onboarding
     */
    public Uni<Optional<PayoutAccount>> current(UUID creator) {
        return slice.asWorker(FIND, creator)
                .map(rows -> Rows.first(rows, PayoutAccount::of))
                .chain(known -> known.filter(account -> !account.payoutsEnabled())
                        .map(account -> fetch(account.id())
                                .call(fetched -> slice.asWorker(tx -> apply(tx, fetched)))
                                .map(fetched -> Optional.of(new PayoutAccount(account.id(), canBePaid(fetched)))))
                        .orElseGet(() -> Uni.createFrom().item(known)));
    }

    /** The account as Stripe has it now. */
    Uni<Account> fetch(String account) {
        return stripe.call("accounts", api -> api.accounts().retrieve(account));
    }

    /** Stores whether the account's owner can be paid. An account that is not ours changes nothing. */
    Uni<Void> apply(Tx tx, Account account) {
        return tx.execute(UPDATE, account.getId(), canBePaid(account)).replaceWithVoid();
    }

    /** Money comes by transfers of destination charges, and leaves by payouts. */
    private static boolean canBePaid(Account account) {
        return Boolean.TRUE.equals(account.getPayoutsEnabled())
                && account.getCapabilities() != null
                && "active".equals(account.getCapabilities().getTransfers());
    }

    private Uni<String> accountOf(Caller caller) {
        return slice.asWorker(CREATOR, caller.id())
                .map(rows -> Rows.first(rows, PayoutAccounts::requireTier).orElseThrow(Refusals::noProfile))
                .chain(row -> row.getString("stripe_account_id") != null
                        ? Uni.createFrom().item(row.getString("stripe_account_id"))
                        : create(caller, row.getLong("incarnation")));
    }

    private static Row requireTier(Row row) {
        if (row.getString("tier").equals("free")) {
            throw ProblemKind.TIER_TOO_LOW.because("Only grow and the tiers above it can be paid by subscribers.");
        }
        return row;
    }

    private Uni<String> create(Caller caller, long incarnation) {
        AccountCreateParams account = AccountCreateParams.builder()
                .setType(AccountCreateParams.Type.EXPRESS)
                .setCapabilities(Capabilities.builder()
                        .setTransfers(Capabilities.Transfers.builder()
                                .setRequested(true)
                                .build())
                        .build())
                .putMetadata("profile", caller.id().toString())
                .build();
        return stripe.call(
                        "accounts",
                        api -> api.accounts().create(account, Stripe.once("account", caller.id(), incarnation)))
                .chain(created -> slice.asWorker(STORE, caller.id(), created.getId(), canBePaid(created)))
                .map(rows -> rows.iterator().next().getString("stripe_account_id"));
    }

    private static OnboardingLink link(AccountLink link) {
        return new OnboardingLink(link.getUrl(), Instant.ofEpochSecond(link.getExpiresAt()));
    }
}
