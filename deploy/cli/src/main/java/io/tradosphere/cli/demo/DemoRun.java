package io.tradosphere.cli.demo;

import io.tradosphere.cli.prices.MarketFeed;
import io.tradosphere.cli.stripe.FakePages;
import java.util.Optional;

/**
 * The demo's sequence of chapters. Market ticks come from outside the suite, and people pay on the pages of the fake of
 * Stripe. Everything else uses the public API.
 */
final class DemoRun {

    private final DemoScript script;
    private final MarketFeed market;
    private final Optional<FakePages> stripe;
    private final String gateway;

    /**
     * @param gateway the gateway's URL
     * @param stripe the suite's fake of Stripe; empty in Stripe's test mode, where nobody can pay by program
     */
    DemoRun(DemoScript script, String gateway, MarketFeed market, Optional<FakePages> stripe) {
        this.gateway = gateway;
        this.script = script;
        this.market = market;
        this.stripe = stripe;
    }

    /** Runs all chapters. False when a check failed. */
    boolean play() {
        CommunityChapter community = new CommunityChapter(script);
        community.begin();
        new TradingChapter(script, market).play();
        new CompetitionChapter(script).play();
        new StreamChapter(script).play();
        new MessageChapter(script, gateway).play();
        stripe.ifPresent(fake -> new MoneyChapter(script, fake).play());
        community.end();
        return script.end();
    }
}
