package io.tradosphere.stripefake.checkout;

import io.tradosphere.stripefake.http.Html;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.payment.Charging;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** The page of a card's bank, on which the holder authenticates a payment intent that requires action, or doesn't. */
public final class AuthenticationPage {

    private static final String PLACE = "/authenticate/{id}";

    private final World world;
    private final Charging charging;

    /** @param charging charges what was authenticated */
    public AuthenticationPage(World world, Charging charging) {
        this.world = world;
        this.charging = charging;
    }

    /** Adds the page. */
    public void pages(Site site) {
        site.on("GET", PLACE, (path, request) -> show(path.get("id")))
                .on("POST", PLACE + "/complete", (path, request) -> answer(path.get("id"), true))
                .on("POST", PLACE + "/fail", (path, request) -> answer(path.get("id"), false));
    }

    private Resource waiting(String id) {
        return world.store()
                .find("payment_intent", id)
                .filter(intent -> intent.hasStatus("requires_action"))
                .orElse(null);
    }

    private HttpAnswer show(String id) {
        return waiting(id) == null
                ? Html.gone("Nothing is to be authenticated")
                : Html.page(
                        "Authenticate the payment",
                        Html.form("/authenticate/" + id + "/complete", "", "Complete")
                                + Html.form("/authenticate/" + id + "/fail", "", "Fail"));
    }

    private HttpAnswer answer(String id, boolean complete) {
        Resource intent = waiting(id);
        if (intent == null) {
            return Html.gone("Nothing is to be authenticated");
        }
        if (complete) {
            charging.charge(
                    intent,
                    world.store()
                            .find("payment_method", intent.text("payment_method"))
                            .orElseThrow(),
                    true);
        } else {
            charging.refuseAuthentication(intent);
        }
        return Html.page(complete ? "Authenticated" : "Not authenticated", "");
    }
}
