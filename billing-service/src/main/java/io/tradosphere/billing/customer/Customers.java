package io.tradosphere.billing.customer;

import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Customers at Stripe, one for each person who pays. Stripe asks them for their address; this slice never knows it. */
@ApplicationScoped
public class Customers {

    /** The key in the metadata of Stripe's customer that names the person. */
    static final String PROFILE = "profile";

    private static final String FIND = "SELECT stripe_customer_id FROM stripe_customers WHERE profile_id = $1";
    private static final String INCARNATION = "SELECT incarnation FROM profiles WHERE id = $1";
    private static final String STORE = """
            INSERT INTO stripe_customers (profile_id, stripe_customer_id) VALUES ($1, $2)
            ON CONFLICT (profile_id) DO UPDATE SET profile_id = EXCLUDED.profile_id RETURNING stripe_customer_id
            """;

    private final SliceDatabase slice;
    private final Stripe stripe;

    Customers(SliceDatabase slice, Stripe stripe) {
        this.slice = slice;
        this.stripe = stripe;
    }

    /** The caller's customer id at Stripe; empty when they never paid. */
    public Uni<Optional<String>> find(Caller caller) {
        return slice.read(caller, FIND, caller.id())
                .map(rows -> Rows.first(rows, row -> row.getString("stripe_customer_id")));
    }

    /**
     * The caller's customer id at Stripe, which is made when there is none.
     *
     * @throws Problem {@code profile-required} (403)
     */
    public Uni<String> require(Caller caller) {
        return find(caller)
                .chain(known -> known.map(id -> Uni.createFrom().item(id)).orElseGet(() -> create(caller)));
    }

    private Uni<String> create(Caller caller) {
        CustomerCreateParams customer = CustomerCreateParams.builder()
                .putMetadata(PROFILE, caller.id().toString())
                .build();
        return slice.read(caller, INCARNATION, caller.id())
                .map(rows -> Rows.first(rows, row -> row.getLong("incarnation")).orElseThrow(Refusals::noProfile))
                .chain(incarnation -> stripe.call(
                        "customers",
                        api -> api.customers().create(customer, Stripe.once("customer", caller.id(), incarnation))))
                .map(Customer::getId)
                .chain(created -> slice.asWorker(STORE, caller.id(), created))
                .map(rows -> rows.iterator().next().getString("stripe_customer_id"));
    }
}
