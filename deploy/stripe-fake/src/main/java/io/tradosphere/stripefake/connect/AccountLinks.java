package io.tradosphere.stripefake.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.http.Html;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Account links and the page that they lead to, where onboarding is finished, left or refused. A link works once. */
public final class AccountLinks {

    private static final long VALID_SECONDS = 300;
    private static final int MOST = 1_000;

    private record Link(Resource account, String refresh, String back, long until) {}

    private final World world;
    private final Supplier<String> baseUrl;
    private final Map<String, Link> links = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Link> eldest) {
            return size() > MOST;
        }
    };

    /** @param baseUrl where the pages are */
    public AccountLinks(World world, Supplier<String> baseUrl) {
        this.world = world;
        this.baseUrl = baseUrl;
    }

    /** Adds the call. */
    public void routes(Routes routes) {
        routes.document(
                "POST",
                "/v1/account_links",
                new Shape()
                        .need(Kind.STRING, "account")
                        .need(Kind.oneOf("account_onboarding", "account_update"), "type")
                        .may(Kind.STRING, "refresh_url", "return_url")
                        .may(Kind.oneOf("currently_due", "eventually_due"), "collect")
                        .may(
                                new Shape()
                                        .may(Kind.oneOf("currently_due", "eventually_due"), "fields")
                                        .may(Kind.oneOf("include", "omit"), "future_requirements"),
                                "collection_options"),
                this::create);
    }

    /** Adds the page. */
    public void pages(Site site) {
        site.on("GET", "/setup/e/{link}", (path, request) -> open(path.get("link")))
                .on("POST", "/setup/e/{account}/{answer}", (path, request) -> answer(path, Html.fields(request)));
    }

    private ObjectNode create(Call call) {
        Resource account = call.referred("account", "account");
        String code = world.ids().next("", 16);
        long until = world.clock().now() + VALID_SECONDS;
        links.put(
                code,
                new Link(
                        account,
                        call.params().text("refresh_url"),
                        call.params().text("return_url"),
                        until));
        return Json.object(
                "object",
                "account_link",
                "created",
                world.clock().now(),
                "expires_at",
                until,
                "url",
                baseUrl.get() + "/setup/e/" + code);
    }

    private HttpAnswer open(String code) {
        Link link = links.remove(code);
        if (link == null) {
            return Html.gone("This link has been used");
        }
        if (world.clock().now() > link.until()) {
            return HttpAnswer.redirect(link.refresh());
        }
        String to = "/setup/e/" + link.account().id() + "/";
        String back = "<input type=\"hidden\" name=\"return_url\" value=\"" + Html.text(link.back()) + "\">";
        return Html.page(
                "Set up payouts",
                "<p>Account " + Html.text(link.account().id()) + "</p>"
                        + Html.form(to + "finish", back, "Finish")
                        + Html.form(to + "leave", back, "Leave for now")
                        + Html.form(to + "refuse", back, "Be refused"));
    }

    private HttpAnswer answer(Map<String, String> path, Map<String, String> fields) {
        Resource account = world.store().find("account", path.get("account")).orElse(null);
        if (account == null) {
            return Html.gone("There is no such account");
        }
        switch (path.get("answer")) {
            case "finish" -> Accounts.complete(world, account);
            case "refuse" -> {
                account.set("details_submitted", true);
                Accounts.refuse(world, account, "requirements.pending_verification");
            }
            default -> {
                // nothing has changed
            }
        }
        return HttpAnswer.redirect(fields.getOrDefault("return_url", baseUrl.get()));
    }
}
