package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Ids;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import java.math.BigDecimal;
import java.util.List;

/** The lines of invoices. */
final class Lines {

    private Lines() {}

    /** A subscription item for a period. */
    static ObjectNode ofItem(Ids ids, Resource item, long start, long end, boolean free) {
        ObjectNode price = (ObjectNode) item.get("price");
        long quantity = item.number("quantity");
        long amount = free ? 0 : amount(price, quantity);
        String description = (free ? "Trial period for " : quantity + " × ")
                + price.path("product").asText() + " (at "
                + Money.text(amount(price, 1), price.path("currency").asText()) + " / "
                + price.path("recurring").path("interval").asText() + ")";
        ObjectNode line = line(ids.next("il_1"), amount, price.path("currency").asText(), description, start, end);
        line.put("quantity", quantity).put("subscription", item.text("subscription"));
        line.set("pricing", pricing(price));
        line.set(
                "parent",
                Json.object(
                        "invoice_item_details",
                        null,
                        "subscription_item_details",
                        Json.document()
                                .with("invoice_item", null)
                                .with("proration", false)
                                .with("proration_details", Json.object("credited_items", null))
                                .with("subscription", item.text("subscription"))
                                .with("subscription_item", item.id())
                                .json(),
                        "type",
                        "subscription_item_details"));
        return line;
    }

    /** An invoice item, which may be a proration. */
    static ObjectNode ofInvoiceItem(Ids ids, Resource invoiceItem) {
        ObjectNode line = line(
                ids.next("il_1"),
                invoiceItem.number("amount"),
                invoiceItem.text("currency"),
                invoiceItem.text("description"),
                invoiceItem.number("period.start"),
                invoiceItem.number("period.end"));
        String subscription = invoiceItem.text("parent.subscription_details.subscription");
        line.put("quantity", invoiceItem.number("quantity")).put("subscription", subscription);
        line.set("pricing", invoiceItem.get("pricing").deepCopy());
        line.set("metadata", invoiceItem.get("metadata").deepCopy());
        ObjectNode details = Json.object(
                "invoice_item",
                invoiceItem,
                "proration",
                invoiceItem.is("proration"),
                "proration_details",
                Json.object("credited_items", null),
                "subscription",
                subscription);
        boolean ofSubscription = invoiceItem.is("proration");
        if (ofSubscription) {
            details.put("subscription_item", invoiceItem.text("parent.subscription_details.subscription_item"));
        }
        line.set(
                "parent",
                Json.object(
                        "invoice_item_details", ofSubscription ? null : details,
                        "subscription_item_details", ofSubscription ? details : null,
                        "type", ofSubscription ? "subscription_item_details" : "invoice_item_details"));
        return line;
    }

    /** What a quantity of a price costs. */
    static long amount(ObjectNode price, long quantity) {
        BigDecimal unit = new BigDecimal(price.path("unit_amount_decimal").asText("0"));
        return Money.part(quantity, unit, price.path("currency").asText());
    }

    /** The price of a line. */
    static ObjectNode pricing(ObjectNode price) {
        return Json.object(
                "price_details",
                        Json.object(
                                "price",
                                price.path("id").asText(),
                                "product",
                                price.path("product").asText()),
                "type", "price_details",
                "unit_amount_decimal", price.path("unit_amount_decimal").asText());
    }

    private static ObjectNode line(String id, long amount, String currency, String description, long start, long end) {
        return Json.document()
                .with("id", id)
                .with("object", "line_item")
                .with("amount", amount)
                .with("currency", currency)
                .with("description", description)
                .with("discount_amounts", List.of())
                .with("discountable", true)
                .with("discounts", List.of())
                .with("invoice", null)
                .with("livemode", false)
                .with("metadata", Json.object())
                .with("parent", null)
                .with("period", Json.object("end", end, "start", start))
                .with("pretax_credit_amounts", List.of())
                .with("pricing", null)
                .with("quantity", 1)
                .with("subscription", null)
                .with("subtotal", amount)
                .with("taxes", List.of())
                .json();
    }
}
