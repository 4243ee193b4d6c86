package io.tradosphere.stripefake.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The accounts' balances and their transactions. What a charge brings becomes available two days later. */
public final class Ledger {

    private static final long PENDING_SECONDS = 2 * 86_400L;
    private static final String TYPE = "balance_transaction";

    private static final class Funds {
        private long available;
        private long pending;
    }

    private final Map<String, Map<String, Funds>> byAccount = new HashMap<>();
    private final World world;

    /** @param world where the transactions are kept */
    public Ledger(World world) {
        this.world = world;
    }

    /** Adds the calls. */
    public void routes(Routes routes) {
        routes.document("GET", "/v1/balance", new Shape(), call -> balance(call.account()))
                .get("/v1/balance_transactions/{id}", TYPE)
                .list(
                        "/v1/balance_transactions",
                        Shape.ofList().may(Kind.STRING, "type", "currency", "source", "payout"),
                        call -> Pages.page(
                                call,
                                "/v1/balance_transactions",
                                call.own(
                                        TYPE,
                                        found -> same(call, found, "type")
                                                && same(call, found, "currency")
                                                && same(call, found, "source"))));
    }

    private static boolean same(Call call, Resource found, String name) {
        return !call.params().hasValue(name) || call.params().text(name).equals(found.text(name));
    }

    /** What an account can spend now. */
    public long available(String account, String currency) {
        return funds(account, currency).available;
    }

    /** Sets an account's balance in a currency. */
    public void set(String account, String currency, long available, long pending) {
        Funds funds = funds(account, currency);
        funds.available = available;
        funds.pending = pending;
    }

    /**
     * Books a movement of money.
     *
     * @param by the clock by which it becomes available
     * @param amount what comes (or goes, when negative) before the fee
     * @param fee Stripe's fee
     * @param source the object that it is for
     * @param atOnce whether it is available at once; otherwise in two days
     */
    public Resource book(
            String account,
            Clock by,
            String type,
            long amount,
            long fee,
            String currency,
            Resource source,
            boolean atOnce) {
        Funds funds = funds(account, currency);
        long net = amount - fee;
        long now = by.now();
        if (atOnce) {
            funds.available += net;
        } else {
            funds.pending += net;
        }
        Resource transaction = world.add(
                account,
                by,
                Json.document()
                        .with("id", world.ids().next("txn_1"))
                        .with("object", TYPE)
                        .with("amount", amount)
                        .with("available_on", atOnce ? now : now + PENDING_SECONDS)
                        .with("balance_type", "payments")
                        .with("created", now)
                        .with("currency", currency)
                        .with("description", null)
                        .with("exchange_rate", null)
                        .with("fee", fee)
                        .with(
                                "fee_details",
                                fee == 0
                                        ? List.of()
                                        : List.of(Json.document()
                                                .with("amount", fee)
                                                .with("application", null)
                                                .with("currency", currency)
                                                .with("description", "Stripe processing fees")
                                                .with("type", "stripe_fee")
                                                .json()))
                        .with("net", net)
                        .with("reporting_category", type)
                        .with("source", source)
                        .with("status", atOnce ? "available" : "pending")
                        .with("type", type)
                        .json());
        if (!atOnce) {
            by.at(transaction.id(), now + PENDING_SECONDS, () -> {
                funds.pending -= net;
                funds.available += net;
                transaction.set("status", "available");
            });
        }
        return transaction;
    }

    private JsonNode balance(String account) {
        Map<String, Funds> all = byAccount.computeIfAbsent(account, ignored -> new TreeMap<>());
        all.computeIfAbsent("usd", ignored -> new Funds());
        ObjectNode balance = Json.object("object", "balance", "livemode", false);
        balance.set(
                "available",
                Json.array(all.entrySet().stream()
                        .map(entry -> amount(entry.getKey(), entry.getValue().available))
                        .toList()));
        balance.set(
                "pending",
                Json.array(all.entrySet().stream()
                        .map(entry -> amount(entry.getKey(), entry.getValue().pending))
                        .toList()));
        return balance;
    }

    private static ObjectNode amount(String currency, long amount) {
        return Json.object("amount", amount, "currency", currency, "source_types", Json.object("card", amount));
    }

    private Funds funds(String account, String currency) {
        return byAccount
                .computeIfAbsent(account, ignored -> new TreeMap<>())
                .computeIfAbsent(currency, ignored -> new Funds());
    }
}
