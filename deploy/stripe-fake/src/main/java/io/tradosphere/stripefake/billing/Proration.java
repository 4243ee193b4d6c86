package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Proration by the second, as at Stripe: what is unused of the old goes back, what remains of the new is charged. */
final class Proration {

    /**
     * A credit or a charge for the rest of a period.
     *
     * @param item the subscription item's id; null for one that is new
     * @param amount negative for a credit
     */
    record Part(String item, ObjectNode price, long quantity, long amount, long start, long end, String description) {}

    /**
     * What a subscription item becomes.
     *
     * @param item the present item; null for a new one
     * @param price the price afterwards
     * @param quantity the quantity afterwards
     * @param removed whether it goes
     */
    record Wish(Resource item, Resource price, long quantity, boolean removed) {

        boolean changes() {
            return item == null
                    || removed
                    || !item.text("price.id").equals(price.id())
                    || item.number("quantity") != quantity;
        }
    }

    private Proration() {}

    /**
     * The credits and charges of a change at a time within the present period.
     *
     * @param start the period's start
     * @param end the period's end
     * @param charge whether the new is charged here; not when a new period begins, which is invoiced as a whole
     */
    static List<Part> of(List<Wish> wishes, long start, long end, long at, boolean charge) {
        BigDecimal rest = BigDecimal.valueOf(Math.max(0, end - at))
                .divide(BigDecimal.valueOf(Math.max(1, end - start)), MathContext.DECIMAL128);
        List<Part> parts = new ArrayList<>();
        for (Wish wish : wishes) {
            if (!wish.changes() && charge) {
                continue;
            }
            if (wish.item() != null) {
                ObjectNode old = (ObjectNode) wish.item().get("price");
                long quantity = wish.item().number("quantity");
                parts.add(part(wish.item().id(), old, quantity, -1, rest, at, end, "Unused time on "));
            }
            if (charge && !wish.removed()) {
                String id = wish.item() == null ? null : wish.item().id();
                parts.add(part(id, wish.price().json(), wish.quantity(), 1, rest, at, end, "Remaining time on "));
            }
        }
        return parts;
    }

    private static Part part(
            String item, ObjectNode price, long quantity, int sign, BigDecimal rest, long at, long end, String words) {
        String currency = price.path("currency").asText();
        long amount = sign * Money.part(Lines.amount(price, quantity), rest, currency);
        String description = words + (quantity == 1 ? "" : quantity + " × ")
                + price.path("product").asText() + " after " + java.time.Instant.ofEpochSecond(at);
        return new Part(item, price.deepCopy(), quantity, amount, at, end, description);
    }
}
