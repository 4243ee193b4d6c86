package io.tradosphere.stripefake.billing;

import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.Charging;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** Customers, products, prices, subscriptions, invoices and test clocks, wired together. */
public final class Billing {

    private final World world;
    private final Collecting collecting;
    private final Cancellation cancellation;
    private final Opening opening;

    /** Adds all calls. */
    public Billing(World world, Charging charging, Routes routes, Expansion expansion) {
        SubscriptionItems items = new SubscriptionItems(world);
        InvoiceItems invoiceItems = new InvoiceItems(world);
        this.world = world;
        collecting = new Collecting(world, charging);
        Invoicing invoicing = new Invoicing(world, invoiceItems, collecting);
        SubscriptionLife life = new SubscriptionLife(world, items, invoicing, collecting);
        cancellation = new Cancellation(world, life, items);
        opening = new Opening(world, life, items, cancellation);
        SubscriptionChange change = new SubscriptionChange(world, life, items, invoiceItems, cancellation);
        Preview preview = new Preview(world, life, items, change, invoiceItems);
        TestClocks testClocks = new TestClocks(world);
        Customers customers = new Customers(world, testClocks, life);
        testClocks.onDelete(customers::delete);

        customers.routes(routes, expansion);
        Catalog.routes(routes);
        Prices.routes(routes);
        new Subscriptions(world, life, items, change, opening).routes(routes);
        invoiceItems.routes(routes);
        new Invoices(world, invoicing, collecting, preview).routes(routes, expansion);
        testClocks.routes(routes);
    }

    /** What opens subscriptions, for Checkout. */
    public Opening opening() {
        return opening;
    }

    /** What lets subscriptions end with their period, for the portal. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Tries to collect all open invoices of a customer, as the portal offers.
     *
     * @throws StripeError 402 when the card is refused
     */
    public void payOpen(String customer) {
        for (Resource invoice :
                world.store().all("invoice", it -> it.hasStatus("open") && customer.equals(it.text("customer")))) {
            Resource method = collecting.method(invoice);
            if (method == null || !collecting.collect(invoice, method, false)) {
                throw StripeError.card("card_declined", "generic_decline", "Your card was declined.");
            }
        }
    }
}
