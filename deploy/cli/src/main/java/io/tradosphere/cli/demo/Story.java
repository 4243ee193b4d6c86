package io.tradosphere.cli.demo;

import io.tradosphere.cli.prices.Market;

/**
 * What happens in the demonstration, chapter by chapter. Everything goes through the public API, but for the market's ticks,
 * which come from outside the suite; what is counted by events is waited for and shown as it converges.
 */
final class Story {

    private final Teller teller;
    private final Market market;

    Story(Teller teller, Market market) {
        this.teller = teller;
        this.market = market;
    }

    /** Plays it; false when something did not come out right. */
    boolean play() {
        Community community = new Community(teller);
        community.begin();
        new Trading(teller, market).play();
        new Contest(teller).play();
        community.end();
        return teller.end();
    }
}
