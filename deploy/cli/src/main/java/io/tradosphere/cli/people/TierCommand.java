package io.tradosphere.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.issuer.Tokens;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets a profile's tier, as a platform-admin. */
@Command(
        name = "tier",
        description = "Sets a profile's tier on the running suite, as a platform-admin does. Tier free cannot post.",
        mixinStandardHelpOptions = true)
public final class TierCommand implements Callable<Integer> {

    private static final List<String> TIERS = List.of("free", "grow", "elite", "gladiator", "legend");

    @Mixin
    private DataFolder data;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "the name given to ./tradosphere token, a username, or an id")
    private String name;

    @Parameters(index = "1", paramLabel = "TIER", description = "free, grow, elite, gladiator or legend")
    private String tier;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!TIERS.contains(tier)) {
            throw new StackException("Unknown tier '" + tier + "'. Choose one of: " + String.join(", ", TIERS) + ".");
        }
        Endpoints endpoints = Endpoints.ofRunning(data);
        String admin = new Tokens(endpoints.get("OIDC_ISSUER"))
                .token(Tokens.profileId("tradosphere-admin").toString(), List.of("platform-admin"));
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        String id = idOf(gateway);
        if (tier.equals("legend")) {
            gateway.send("PUT", "/v1/profiles/" + id + "/legend-eligibility", admin, "{\"eligible\":true}")
                    .orThrow("make " + name + " eligible for legend");
        }
        gateway.send("PUT", "/v1/profiles/" + id + "/tier", admin, "{\"tier\":\"" + tier + "\"}")
                .orThrow("set the tier of " + name);
        spec.commandLine().getOut().println(name + " is " + tier + " now.");
        return 0;
    }

    private String idOf(Gateway gateway) {
        String derived = Tokens.profileId(name).toString();
        if (gateway.send("GET", "/v1/profiles/" + derived, null, null).isSuccess()) {
            return derived;
        }
        Gateway.Response byUsername = gateway.send("GET", "/v1/profiles/" + Gateway.encoded(name), null, null);
        JsonNode id = byUsername.isSuccess() ? byUsername.json().get("id") : null;
        if (id == null) {
            throw new StackException("There is no profile for '" + name
                    + "'. Create it first: POST /v1/profiles with the token from ./tradosphere token " + name + ".");
        }
        return id.asText();
    }
}
