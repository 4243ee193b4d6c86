package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.ArrayList;
import java.util.List;

/** The items of subscriptions, which have the prices and the periods. */
final class SubscriptionItems {

    static final String TYPE = "subscription_item";

    private final World world;

    SubscriptionItems(World world) {
        this.world = world;
    }

    /** The items of a subscription. */
    List<Resource> of(Resource subscription) {
        return world.store().all("subscription_item", item -> subscription.id().equals(item.text("subscription")));
    }

    /** The end of the present period: the first of its items'. */
    long periodEnd(Resource subscription) {
        return of(subscription).stream()
                .mapToLong(item -> item.number("current_period_end"))
                .min()
                .orElse(subscription.clock().now());
    }

    /** The price of an item, which must recur. */
    static Resource recurring(Call call, Params item, String param) {
        Resource price = Prices.of(call, item, param);
        if (!"recurring".equals(price.text("type"))) {
            throw StripeError.invalid(
                    null,
                    "The price specified is set to `type=one_time` but this field only accepts prices with"
                            + " `type=recurring`.",
                    param + "[price]");
        }
        return price;
    }

    /** Checks that the prices of one subscription fit together. */
    static void checkTogether(List<Proration.Wish> wishes) {
        List<Proration.Wish> kept =
                wishes.stream().filter(wish -> !wish.removed()).toList();
        if (kept.isEmpty()) {
            throw StripeError.invalid(null, "A subscription must have at least one active item.", "items");
        }
        if (kept.stream().map(wish -> wish.price().text("currency")).distinct().count() > 1) {
            throw StripeError.invalid(null, "All prices on a subscription must have the same currency.", "items");
        }
        if (kept.stream().map(wish -> wish.price().id()).distinct().count() < kept.size()) {
            throw StripeError.invalid(null, "You cannot add the same price to a subscription twice.", "items");
        }
    }

    /** Adds an item. */
    void add(Resource subscription, Proration.Wish wish, long start, long end, Params given) {
        ObjectNode price = wish.price().json().deepCopy();
        Resource item = world.add(
                subscription.account(),
                subscription.clock(),
                Json.document()
                        .with("id", world.ids().next("si_", 14))
                        .with("object", TYPE)
                        .with("created", subscription.clock().now())
                        .with("current_period_end", end)
                        .with("current_period_start", start)
                        .with("discounts", List.of())
                        .with("metadata", given.metadata())
                        .with("plan", Prices.plan(wish.price()))
                        .with("price", price)
                        .with("quantity", wish.quantity())
                        .with("subscription", subscription)
                        .with("tax_rates", List.of())
                        .json());
        ((ArrayNode) subscription.get("items.data")).add(item.json());
        subscription.set("items.total_count", subscription.get("items.data").size());
    }

    /** What the items of a subscription become by these parameters. */
    List<Proration.Wish> wishes(Call call, Resource subscription, List<Params> given) {
        List<Proration.Wish> wishes = new ArrayList<>();
        List<Resource> present = of(subscription);
        for (int i = 0; i < given.size(); i++) {
            Params wanted = given.get(i);
            String param = "items[" + i + "]";
            Resource item = null;
            if (wanted.hasValue("id")) {
                item = present.stream()
                        .filter(one -> one.id().equals(wanted.text("id")))
                        .findFirst()
                        .orElseThrow(() -> StripeError.noSuch("subscription_item", wanted.text("id"), param + "[id]"));
            }
            boolean priced = wanted.hasValue("price") || wanted.hasValue("price_data");
            Resource price = item != null && !priced
                    ? world.store().find("price", item.text("price.id")).orElseThrow()
                    : recurring(call, wanted, param);
            long quantity = wanted.number("quantity", item == null ? 1 : item.number("quantity"));
            wishes.add(new Proration.Wish(item, price, quantity, wanted.is("deleted")));
        }
        present.stream()
                .filter(item -> wishes.stream().noneMatch(wish -> wish.item() == item))
                .forEach(item -> wishes.add(new Proration.Wish(
                        item,
                        world.store().find("price", item.text("price.id")).orElseThrow(),
                        item.number("quantity"),
                        false)));
        checkTogether(wishes);
        return wishes;
    }

    /** The items as they are, as if that were asked for. */
    List<Proration.Wish> asTheyAre(Resource subscription) {
        return of(subscription).stream()
                .map(item -> new Proration.Wish(
                        item,
                        world.store().find("price", item.text("price.id")).orElseThrow(),
                        item.number("quantity"),
                        false))
                .toList();
    }

    /** Makes the items what they are to become. */
    void replace(Resource subscription, List<Params> given, List<Proration.Wish> wishes) {
        Resource first = of(subscription).get(0);
        long start = subscription.clock().now();
        long end = first.number("current_period_end");
        for (int i = 0; i < wishes.size(); i++) {
            Proration.Wish wish = wishes.get(i);
            Params item = i < given.size() ? given.get(i) : new Params(Json.object());
            if (wish.item() == null) {
                add(subscription, wish, start, end, item);
            } else if (wish.removed()) {
                world.store().remove(wish.item());
                ArrayNode data = (ArrayNode) subscription.get("items.data");
                for (int at = data.size() - 1; at >= 0; at--) {
                    if (data.get(at) == wish.item().json()) {
                        data.remove(at);
                    }
                }
                subscription.set("items.total_count", data.size());
            } else {
                wish.item()
                        .set("price", wish.price().json().deepCopy())
                        .set("plan", Prices.plan(wish.price()))
                        .set("quantity", wish.quantity())
                        .set("metadata", item.merged((ObjectNode) wish.item().get("metadata"), "metadata"));
            }
        }
    }
}
