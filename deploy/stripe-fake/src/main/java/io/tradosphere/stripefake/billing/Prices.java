package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.Amounts;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Prices. What they ask never changes; only a new one does. */
public final class Prices {

    private static final String TYPE = "price";
    private static final String PATH = "/v1/prices";
    private static final Map<String, Integer> LONGEST = Map.of("day", 1095, "week", 156, "month", 36, "year", 3);

    private Prices() {}

    /** Adds their calls. */
    public static void routes(Routes routes) {
        Shape product =
                new Shape().need(Kind.STRING, "name").may(Kind.STRING, "id").may(Kind.METADATA, "metadata");
        routes.post(
                        PATH,
                        data().need(Kind.STRING, "currency")
                                .may(Kind.STRING, "product", "nickname", "lookup_key")
                                .may(Kind.BOOLEAN, "active", "transfer_lookup_key")
                                .may(Kind.oneOf("per_unit"), "billing_scheme")
                                .may(product, "product_data"),
                        Prices::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList()
                                .may(Kind.BOOLEAN, "active")
                                .may(Kind.STRING, "currency", "product")
                                .may(Kind.listOf(Kind.STRING), "lookup_keys")
                                .may(Kind.oneOf("one_time", "recurring"), "type"),
                        Prices::list)
                .post(
                        PATH + "/{id}",
                        new Shape()
                                .may(Kind.BOOLEAN, "active", "transfer_lookup_key")
                                .may(Kind.STRING, "nickname", "lookup_key")
                                .may(Kind.METADATA, "metadata"),
                        call -> call.change(call.named(TYPE), "price.updated", it -> {
                            lookupKey(call, it);
                            call.copy(it, "active", "nickname");
                        }));
    }

    /** What a price is made of, wherever it is given. */
    static Shape data() {
        return new Shape()
                .may(Kind.INTEGER, "unit_amount")
                .may(Kind.DECIMAL, "unit_amount_decimal")
                .may(Kind.oneOf("exclusive", "inclusive", "unspecified"), "tax_behavior")
                .may(
                        new Shape()
                                .need(Kind.oneOf("day", "week", "month", "year"), "interval")
                                .may(Kind.INTEGER, "interval_count", "trial_period_days")
                                .may(Kind.oneOf("licensed"), "usage_type"),
                        "recurring")
                .may(Kind.METADATA, "metadata");
    }

    /** What a price is made of in an item or a line: {@code price_data}. */
    public static Shape inline() {
        return data().need(Kind.STRING, "currency")
                .may(Kind.STRING, "product")
                .may(
                        new Shape()
                                .need(Kind.STRING, "name")
                                .may(Kind.STRING, "description")
                                .may(Kind.listOf(Kind.STRING), "images")
                                .may(Kind.METADATA, "metadata"),
                        "product_data");
    }

    /**
     * The price that an item or a line asks for, by {@code price} or {@code price_data}.
     *
     * @param param the item's full name
     * @throws StripeError 400 when it has none, or an unknown or archived one
     */
    public static Resource of(Call call, Params item, String param) {
        if (item.hasValue("price_data")) {
            Params data = item.in("price_data");
            check(data, param + "[price_data]");
            Resource product;
            if (data.hasValue("product")) {
                product = call.referred("product", data.text("product"), param + "[price_data][product]");
            } else {
                product = Catalog.make(call, null, data.in("product_data").text("name", "Unnamed"));
            }
            return make(call, product, data).set("active", false);
        }
        if (!item.hasValue(TYPE)) {
            throw StripeError.parameter(
                    "parameter_missing", "Missing required param: " + param + "[price].", param + "[price]");
        }
        Resource price = call.referred(TYPE, item.text(TYPE), param + "[price]");
        if (!price.is("active")) {
            throw StripeError.invalid(
                    "price_inactive",
                    "The price specified is inactive. This field only accepts active prices.",
                    param + "[price]");
        }
        return price;
    }

    /** A new price, and its event. */
    static Resource make(Call call, Resource product, Params data) {
        Params recurring = data.in("recurring");
        BigDecimal amount = data.hasValue("unit_amount_decimal")
                ? data.node("unit_amount_decimal").decimalValue()
                : BigDecimal.valueOf(data.number("unit_amount", 0));
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        return call.create(
                call.world().clock(),
                "price.created",
                Json.document()
                        .with("id", call.world().ids().next("price_1"))
                        .with("object", TYPE)
                        .with("active", !data.has("active") || data.is("active"))
                        .with("billing_scheme", "per_unit")
                        .with("created", call.world().clock().now())
                        .with("currency", Amounts.currency(data.text("currency")))
                        .with("custom_unit_amount", null)
                        .with("livemode", false)
                        .with("lookup_key", null)
                        .with("metadata", data.metadata())
                        .with("nickname", data.text("nickname"))
                        .with("product", product)
                        .with(
                                "recurring",
                                recurring.json().isEmpty()
                                        ? null
                                        : Json.document()
                                                .with("interval", recurring.text("interval"))
                                                .with("interval_count", recurring.number("interval_count", 1))
                                                .with("meter", null)
                                                .with("trial_period_days", null)
                                                .with("usage_type", "licensed")
                                                .json())
                        .with("tax_behavior", data.text("tax_behavior", "unspecified"))
                        .with("tiers_mode", null)
                        .with("transform_quantity", null)
                        .with("type", recurring.json().isEmpty() ? "one_time" : "recurring")
                        .with("unit_amount", whole ? amount.longValueExact() : null)
                        .with("unit_amount_decimal", amount.toPlainString())
                        .json());
    }

    /**
     * Checks what a price is made of.
     *
     * @throws StripeError 400 when it has no or a negative amount, a currency that Stripe doesn't know, or too long an
     *     interval
     */
    static void check(Params data, String param) {
        if (data.json().isEmpty()) {
            return;
        }
        String currency = Amounts.currency(data.text("currency"));
        if (data.has("unit_amount") == data.has("unit_amount_decimal")) {
            throw StripeError.parameter(
                    "parameter_missing",
                    "Prices require exactly one of `unit_amount` and `unit_amount_decimal` to be set.",
                    param.isEmpty() ? "unit_amount" : param + "[unit_amount]");
        }
        if (data.number("unit_amount", 0) < 0) {
            throw StripeError.invalid(
                    "parameter_invalid_integer", "This value must be greater than or equal to 0.", "unit_amount");
        }
        Amounts.size(data.number("unit_amount", 0), currency, "unit_amount");
        Params recurring = data.in("recurring");
        long count = recurring.number("interval_count", 1);
        if (!recurring.json().isEmpty() && (count < 1 || count > LONGEST.get(recurring.text("interval")))) {
            throw StripeError.invalid(
                    null, "Invalid interval_count: at most three years.", "recurring[interval_count]");
        }
    }

    /** The deprecated plan of a price, which subscription items still have. */
    static ObjectNode plan(Resource price) {
        return Json.document()
                .with("id", price.id())
                .with("object", "plan")
                .with("active", price.is("active"))
                .with("amount", price.get("unit_amount"))
                .with("amount_decimal", price.get("unit_amount_decimal"))
                .with("billing_scheme", "per_unit")
                .with("created", price.get("created"))
                .with("currency", price.get("currency"))
                .with("interval", price.get("recurring.interval"))
                .with("interval_count", price.get("recurring.interval_count"))
                .with("livemode", false)
                .with("metadata", price.get("metadata").deepCopy())
                .with("meter", null)
                .with("nickname", price.get("nickname"))
                .with("product", price.get("product"))
                .with("tiers_mode", null)
                .with("transform_usage", null)
                .with("trial_period_days", null)
                .with("usage_type", "licensed")
                .json();
    }

    private static Resource create(Call call) {
        Params params = call.params();
        check(params, "");
        Resource product = call.referred("product", "product");
        if ((product == null) == !params.has("product_data")) {
            throw StripeError.parameter(
                    "parameter_missing", "You must specify one of `product` or `product_data`.", "product");
        }
        if (params.hasValue("lookup_key") && !params.is("transfer_lookup_key")) {
            taken(call, params.text("lookup_key")).ifPresent(other -> {
                throw StripeError.invalid(
                        null, "A price (`" + other.id() + "`) already uses that lookup key.", "lookup_key");
            });
        }
        if (product == null) {
            product = Catalog.make(
                    call,
                    params.in("product_data").text("id"),
                    params.in("product_data").text("name"));
            product.set("metadata", params.in("product_data").metadata());
            call.world().emit(product, "product.created");
        }
        Resource price = make(call, product, params);
        lookupKey(call, price);
        return price;
    }

    private static void lookupKey(Call call, Resource price) {
        if (call.params().has("lookup_key")) {
            String key = call.params().text("lookup_key");
            if (key != null) {
                taken(call, key).filter(other -> other != price).ifPresent(other -> other.set("lookup_key", null));
            }
            price.set("lookup_key", key);
        }
    }

    private static java.util.Optional<Resource> taken(Call call, String key) {
        return call.own(TYPE, found -> key.equals(found.text("lookup_key"))).stream()
                .findFirst();
    }

    private static com.fasterxml.jackson.databind.JsonNode list(Call call) {
        Params params = call.params();
        List<String> keys = params.texts("lookup_keys");
        return Pages.page(
                call,
                PATH,
                call.own(
                        TYPE,
                        found -> (!params.has("active") || params.is("active") == found.is("active"))
                                && (keys.isEmpty() || keys.contains(found.text("lookup_key")))
                                && List.of("currency", "product", "type").stream()
                                        .allMatch(name -> !params.hasValue(name)
                                                || params.text(name).equals(found.text(name)))));
    }
}
