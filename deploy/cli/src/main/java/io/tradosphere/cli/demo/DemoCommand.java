package io.tradosphere.cli.demo;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.prices.Market;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.issuer.Tokens;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Plays a story on the running suite. */
@Command(
        name = "demo",
        description =
                "Plays a story through the public API of the running suite and shows the counters as they converge.",
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
        Teller teller = new Teller(gateway, tokens, spec.commandLine().getOut());
        try (Market market = new Market(endpoints.get("KAFKA_BOOTSTRAP"), 0)) {
            return new Story(teller, market).play() ? 0 : 1;
        }
    }
}
