package io.tradosphere.stripefake;

import io.tradosphere.stripefake.api.Api;
import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Faults;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.billing.Billing;
import io.tradosphere.stripefake.checkout.AuthenticationPage;
import io.tradosphere.stripefake.checkout.CheckoutPage;
import io.tradosphere.stripefake.checkout.Portal;
import io.tradosphere.stripefake.checkout.Sessions;
import io.tradosphere.stripefake.connect.AccountLinks;
import io.tradosphere.stripefake.connect.Accounts;
import io.tradosphere.stripefake.connect.Fees;
import io.tradosphere.stripefake.connect.Transferring;
import io.tradosphere.stripefake.connect.Transfers;
import io.tradosphere.stripefake.control.Control;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.journal.Journal;
import io.tradosphere.stripefake.journal.Repetition;
import io.tradosphere.stripefake.payment.Charging;
import io.tradosphere.stripefake.payment.Disputes;
import io.tradosphere.stripefake.payment.Ledger;
import io.tradosphere.stripefake.payment.PaymentIntents;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.payment.Refunds;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.World;
import io.tradosphere.stripefake.webhook.Deliveries;
import io.tradosphere.stripefake.webhook.Endpoints;
import io.tradosphere.stripefake.webhook.Events;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** All parts of the fake, wired together. A reset makes new ones. */
final class Backend {

    private final World world;
    private final Deliveries deliveries;
    private final Api api;
    private final Journal journal;
    private final Site pages = new Site();
    private final Site control = new Site();

    Backend(StripeFake fake, Settings settings, Supplier<String> baseUrl, Journal journal) {
        this.journal = journal;
        deliveries = new Deliveries(settings.seed());
        long start = settings.start() == null
                ? System.currentTimeMillis() / 1000
                : settings.start().getEpochSecond();
        world = new World(settings, new Clock(start, settings.running()), new Events(deliveries));
        Routes routes = new Routes();
        Expansion expansion = new Expansion();
        Faults faults = new Faults();
        api = new Api(world, routes, expansion, faults, journal);

        Ledger ledger = new Ledger(world);
        Transferring transferring = new Transferring(world, ledger);
        Fees fees = new Fees(world, ledger);
        Disputes disputes = new Disputes(world, ledger);
        Charging charging = new Charging(world, ledger, transferring, fees, disputes);
        Billing billing = new Billing(world, charging, routes, expansion);
        Sessions sessions = new Sessions(world, baseUrl);
        Portal portal = new Portal(world, baseUrl, billing);
        AccountLinks links = new AccountLinks(world, baseUrl);

        ledger.routes(routes);
        PaymentMethods.routes(routes);
        new PaymentIntents(charging).routes(routes);
        new Refunds(world, ledger, transferring, fees).routes(routes, expansion);
        disputes.routes(routes);
        Accounts.routes(routes);
        links.routes(routes);
        new Transfers(world, ledger, transferring).routes(routes);
        fees.routes(routes, expansion);
        sessions.routes(routes, expansion);
        portal.routes(routes);
        Events.routes(routes);
        Endpoints.routes(routes);

        new CheckoutPage(world, charging, billing.opening()).pages(pages);
        portal.pages(pages);
        links.pages(pages);
        new AuthenticationPage(world, charging).pages(pages);
        new Control(fake, world, deliveries, faults, ledger, disputes).pages(control);
        settings.endpoints().forEach(endpoint -> Endpoints.add(world, endpoint));
        world.clock().onTimer(key -> journal.timer(world, key));
    }

    /**
     * Makes the objects of a journal's lines again. The clock then stands where it stood.
     *
     * @throws Repetition.Differs when that leads to something else
     */
    void repeat(List<String> lines) {
        synchronized (world) {
            deliveries.mute(true);
            Repetition.of(lines, world, this::repeat);
            deliveries.mute(false);
        }
    }

    private void repeat(HttpRequest request) {
        if (request.path().startsWith("/v1/")) {
            api.repeat(request);
        } else if (request.path().startsWith("/_fake")) {
            control(request);
        } else {
            pages.answer(request);
        }
    }

    World world() {
        return world;
    }

    Journal journal() {
        return journal;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** The answer to a request. Control calls may wait, so they have a thread of their own. */
    CompletionStage<HttpAnswer> answer(HttpRequest request, Executor waiting) {
        if (request.path().startsWith("/v1/")) {
            return api.answer(request);
        }
        if (request.path().startsWith("/_fake")) {
            return CompletableFuture.supplyAsync(() -> controlled(request), waiting);
        }
        // Even to open a page may change something: a link is for one use.
        return CompletableFuture.completedFuture(journal.keeping(
                world,
                request,
                () -> pages.answer(request).orElseGet(() -> HttpAnswer.html(404, "There is no such page."))));
    }

    /** The answer to a control call. */
    HttpAnswer controlled(HttpRequest request) {
        return Control.changesObjects(request)
                ? journal.keeping(world, request, () -> control(request))
                : control(request);
    }

    private HttpAnswer control(HttpRequest request) {
        try {
            return control.answer(request)
                    .orElseGet(() -> HttpAnswer.json(404, Json.object("error", "There is no such control call.")));
        } catch (StripeError refused) {
            return HttpAnswer.json(refused.status(), Json.object("error", refused.error()));
        } catch (IllegalArgumentException | java.time.DateTimeException wrong) {
            return HttpAnswer.json(400, Json.object("error", Json.object("message", wrong.getMessage())));
        }
    }
}
