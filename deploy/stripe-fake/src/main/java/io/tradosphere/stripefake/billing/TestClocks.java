package io.tradosphere.stripefake.billing;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Stripe's test clocks. A customer that was made with one lives by it, and stands still until it is advanced. */
public final class TestClocks {

    private static final String TYPE = "test_helpers.test_clock";
    private static final String PATH = "/v1/test_helpers/test_clocks";
    private static final long KEPT_SECONDS = 30 * 86_400L;

    private final World world;
    private Consumer<Resource> deleteCustomer = customer -> {};

    /** @param world where they are kept */
    public TestClocks(World world) {
        this.world = world;
    }

    /** Says how a customer is deleted together with its clock. */
    public void onDelete(Consumer<Resource> delete) {
        deleteCustomer = delete;
    }

    /** Adds the calls. */
    public void routes(Routes routes) {
        routes.post(PATH, new Shape().need(Kind.INTEGER, "frozen_time").may(Kind.STRING, "name"), this::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE)
                .document(
                        "POST",
                        PATH + "/{id}/advance",
                        new Shape().need(Kind.INTEGER, "frozen_time"),
                        call -> advance(call).json())
                .document("DELETE", PATH + "/{id}", new Shape(), call -> {
                    Resource clock = call.named(TYPE);
                    world.store()
                            .all("customer", customer -> clock.id().equals(customer.text("test_clock")))
                            .forEach(deleteCustomer);
                    world.store().remove(clock);
                    world.emit(clock, "test_helpers.test_clock.deleted");
                    return Routes.deleted(clock);
                });
    }

    /** The clock that this parameter names. */
    Clock clock(Call call, String id) {
        return call.referred(TYPE, id, "test_clock").clock();
    }

    private Resource create(Call call) {
        long at = call.params().number("frozen_time", 0);
        return call.create(
                new Clock(at, false),
                "test_helpers.test_clock.created",
                Json.document()
                        .with("id", world.ids().next("clock_1"))
                        .with("object", TYPE)
                        .with("created", world.clock().now())
                        .with("deletes_after", world.clock().now() + KEPT_SECONDS)
                        .with("frozen_time", at)
                        .with("livemode", false)
                        .with("name", call.params().text("name"))
                        .with("status", "ready")
                        .with("status_details", Json.object())
                        .json());
    }

    /** As at Stripe, the answer comes while the clock is still advancing. */
    private Resource advance(Call call) {
        Resource clock = call.named(TYPE);
        long to = call.params().number("frozen_time", 0);
        if (clock.hasStatus("advancing")) {
            throw StripeError.invalid(null, "Test clock advancement underway - cannot perform modifications.", null);
        }
        if (to <= clock.clock().now()) {
            throw StripeError.invalid(
                    null,
                    "frozen_time must be after the clock's present time ("
                            + clock.clock().now() + ").",
                    "frozen_time");
        }
        if (to > farthest(clock)) {
            throw StripeError.invalid(
                    null,
                    "Test clocks can be advanced at most two intervals of the shortest subscription at a time, here to "
                            + farthest(clock) + ".",
                    "frozen_time");
        }
        clock.set("status", "advancing")
                .set("status_details", Json.object("advancing", Json.object("target_frozen_time", to)));
        world.emit(clock, "test_helpers.test_clock.advancing");
        String timer = clock.id() + ":advance";
        world.clock().at(timer, world.clock().now(), () -> {
            clock.clock().advanceTo(to);
            clock.set("status", "ready").set("frozen_time", to).set("status_details", Json.object());
            world.emit(clock, "test_helpers.test_clock.ready");
        });
        CompletableFuture.runAsync(() -> {
            synchronized (world) {
                world.clock().run(timer);
            }
        });
        return clock;
    }

    private long farthest(Resource clock) {
        List<Resource> items = world.store().all("subscription_item", item -> item.clock() == clock.clock());
        long now = clock.clock().now();
        return items.stream()
                .mapToLong(item -> Period.of(item).after(Period.of(item).after(now)))
                .min()
                .orElse(now + 2 * 366 * 86_400L);
    }
}
