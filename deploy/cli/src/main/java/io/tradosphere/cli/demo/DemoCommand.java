package io.tradosphere.cli.demo;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.prices.MarketFeed;
import io.tradosphere.cli.stripe.FakePages;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.issuer.Tokens;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the demo on the running suite. */
@Command(
        name = "demo",
        description =
                "Runs a demo through the public API of the running suite and shows the counters as they converge.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Endpoints endpoints = Endpoints.ofRunning(data);
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        Tokens tokens = new Tokens(endpoints.get("OIDC_ISSUER"));
        DemoScript script = new DemoScript(gateway, tokens, spec.commandLine().getOut());
        Optional<FakePages> stripe =
                Optional.ofNullable(endpoints.values().get("STRIPE_URL")).map(FakePages::new);
        try (MarketFeed market = new MarketFeed(endpoints.get("KAFKA_BOOTSTRAP"), 0)) {
            return new DemoRun(script, endpoints.get("GATEWAY_URL"), market, stripe).play() ? 0 : 1;
        }
    }
}
