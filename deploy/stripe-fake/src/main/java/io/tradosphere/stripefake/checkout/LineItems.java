package io.tradosphere.stripefake.checkout;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.billing.Prices;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a Checkout Session sells. */
final class LineItems {

    private LineItems() {}

    /**
     * The prices that a new session asks for, with their quantities.
     *
     * @throws StripeError 400 when they are of another kind than the session, or of several currencies
     */
    static Map<Resource, Long> prices(Call call, boolean subscribes) {
        List<Params> lines = call.params().each("line_items");
        Map<Resource, Long> prices = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String param = "line_items[" + i + "]";
            long quantity = lines.get(i).number("quantity", 0);
            if (quantity < 1) {
                throw StripeError.parameter(
                        "parameter_missing", "Quantity is required. Add `quantity` to `" + param + "`", param);
            }
            Resource price = Prices.of(call, lines.get(i), param);
            if (subscribes != "recurring".equals(price.text("type"))) {
                throw StripeError.invalid(
                        null,
                        subscribes
                                ? "This fake takes only recurring prices in `subscription` mode."
                                : "You specified `payment` mode but passed a recurring price. Either switch to"
                                        + " `subscription` mode or use only one-time prices.",
                        "line_items");
            }
            prices.put(price, quantity);
        }
        if (prices.isEmpty()
                || prices.keySet().stream()
                                .map(price -> price.text("currency"))
                                .distinct()
                                .count()
                        > 1) {
            throw StripeError.invalid(null, "A Checkout Session needs line items, all in one currency.", "line_items");
        }
        return prices;
    }

    /** The line items of a session. */
    static List<Resource> lines(World world, Resource session, Map<Resource, Long> prices) {
        return prices.entrySet().stream()
                .map(entry -> {
                    long amount = entry.getKey().number("unit_amount") * entry.getValue();
                    String product = world.store()
                            .find("product", entry.getKey().text("product"))
                            .map(found -> found.text("name"))
                            .orElse(null);
                    return new Resource(
                            session.account(),
                            session.clock(),
                            Json.document()
                                    .with("id", world.ids().next("li_1"))
                                    .with("object", "item")
                                    .with("amount_discount", 0)
                                    .with("amount_subtotal", amount)
                                    .with("amount_tax", 0)
                                    .with("amount_total", amount)
                                    .with("currency", entry.getKey().text("currency"))
                                    .with("description", product)
                                    .with("price", entry.getKey().json().deepCopy())
                                    .with("quantity", entry.getValue())
                                    .json());
                })
                .toList();
    }
}
