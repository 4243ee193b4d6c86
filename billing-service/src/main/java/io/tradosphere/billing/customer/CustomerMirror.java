package io.tradosphere.billing.customer;

import com.stripe.model.Customer;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.Comparison;
import io.tradosphere.billing.sync.StripeMirror;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The reconciliation of who pays with Stripe's customers. A row that differs is named, and stays: an operator has to look. */
@ApplicationScoped
class CustomerMirror implements StripeMirror, Reconciled {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String NEXT = """
            SELECT profile_id::text AS id FROM stripe_customers c WHERE c.profile_id > $1 ORDER BY c.profile_id LIMIT 100
            """;
    private static final String FIND = "SELECT stripe_customer_id FROM stripe_customers WHERE profile_id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;

    CustomerMirror(SliceDatabase slice, Stripe stripe) {
        this.slice = slice;
        this.stripe = stripe;
    }

    /** The id is a key, so it names no derived column. */
    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation("stripe_customers.stripe", Set.of(), this));
    }

    @Override
    public Uni<List<String>> next(String after) {
        return slice.asWorker(NEXT, after.isEmpty() ? BEFORE_ALL : UUID.fromString(after))
                .map(rows -> Rows.list(rows, row -> row.getString("id")));
    }

    @Override
    public Uni<Comparison> compare(String profile) {
        return slice.asWorker(FIND, UUID.fromString(profile))
                .map(rows -> Rows.first(rows, row -> row.getString("stripe_customer_id")))
                .chain(found -> found.map(customer -> compare(profile, customer))
                        // The person has been erased meanwhile.
                        .orElseGet(() ->
                                Uni.createFrom().item(Comparison.of(profile, Optional.empty(), Optional.empty()))));
    }

    private Uni<Comparison> compare(String profile, String id) {
        return stripe.call("customers", api -> api.customers().retrieve(id))
                .map(customer -> Optional.of(customer)
                        .filter(found -> !Boolean.TRUE.equals(found.getDeleted()))
                        .map(CustomerMirror::profileOf))
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithItem(Optional.empty())
                .map(expected -> Comparison.of(profile, Optional.of(state(profile)), expected));
    }

    private static String profileOf(Customer customer) {
        return state(
                customer.getMetadata() == null ? null : customer.getMetadata().get(Customers.PROFILE));
    }

    private static String state(String profile) {
        return new JsonObject().put("profile_id", profile).encode();
    }
}
