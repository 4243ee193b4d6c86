package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import java.util.List;

/** Products. */
public final class Catalog {

    private static final String TYPE = "product";
    private static final String PATH = "/v1/products";
    private static final String[] COPIED = {
        "name", "active", "description", "images", "url", "unit_label", "statement_descriptor", "shippable", "tax_code"
    };

    private Catalog() {}

    /** Adds their calls. */
    public static void routes(Routes routes) {
        Shape prices = Prices.data().need(Kind.STRING, "currency");
        routes.post(
                        PATH,
                        details()
                                .need(Kind.STRING, "name")
                                .may(Kind.STRING, "id")
                                .may(Kind.oneOf("good", "service"), "type")
                                .may(prices, "default_price_data"),
                        Catalog::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList()
                                .may(Kind.BOOLEAN, "active")
                                .may(Kind.listOf(Kind.STRING), "ids")
                                .may(Kind.STRING, "url"),
                        call -> Pages.page(
                                call,
                                PATH,
                                call.own(
                                        TYPE,
                                        found -> (!call.params().has("active")
                                                        || call.params().is("active") == found.is("active"))
                                                && (!call.params().has("ids")
                                                        || call.params()
                                                                .texts("ids")
                                                                .contains(found.id())))))
                .post(
                        PATH + "/{id}",
                        details().may(Kind.STRING, "name", "default_price"),
                        call -> call.change(call.named(TYPE), "product.updated", it -> {
                            call.referred("price", "default_price");
                            call.copy(it, COPIED);
                            call.copy(it, "default_price");
                            it.set("updated", it.clock().now());
                        }))
                .document("DELETE", PATH + "/{id}", new Shape(), Catalog::delete);
    }

    private static Shape details() {
        return new Shape()
                .may(Kind.BOOLEAN, "active", "shippable")
                .may(Kind.STRING, "description", "url", "unit_label", "statement_descriptor", "tax_code")
                .may(Kind.listOf(Kind.STRING), "images")
                .may(Kind.METADATA, "metadata");
    }

    /** A new product. */
    static Resource make(Call call, String id, String name) {
        long now = call.world().clock().now();
        return call.world()
                .add(
                        call.account(),
                        call.world().clock(),
                        Json.document()
                                .with("id", id == null ? call.world().ids().next("prod_", 14) : id)
                                .with("object", TYPE)
                                .with("active", true)
                                .with("created", now)
                                .with("default_price", null)
                                .with("description", null)
                                .with("images", List.of())
                                .with("livemode", false)
                                .with("marketing_features", List.of())
                                .with("metadata", Json.object())
                                .with("name", name)
                                .with("package_dimensions", null)
                                .with("shippable", null)
                                .with("statement_descriptor", null)
                                .with("tax_code", null)
                                .with("type", "service")
                                .with("unit_label", null)
                                .with("updated", now)
                                .with("url", null)
                                .json());
    }

    private static Resource create(Call call) {
        Params params = call.params();
        String id = params.text("id");
        if (id != null && call.world().store().find(TYPE, id).isPresent()) {
            throw StripeError.invalid("resource_already_exists", "Product already exists.", "id");
        }
        Prices.check(params.in("default_price_data"), "default_price_data");
        Resource product = make(call, id, params.text("name"));
        call.copy(product, COPIED);
        call.world().emit(product, "product.created");
        if (params.has("default_price_data")) {
            product.set("default_price", Prices.make(call, product, params.in("default_price_data")));
        }
        return product;
    }

    private static ObjectNode delete(Call call) {
        Resource product = call.named(TYPE);
        if (!call.own("price", price -> product.id().equals(price.text(TYPE))).isEmpty()) {
            throw StripeError.invalid(
                    null, "This product cannot be deleted because it has one or more user-created prices.", null);
        }
        call.world().store().remove(product);
        call.world().emit(product, "product.deleted");
        return (ObjectNode) Routes.deleted(product);
    }
}
