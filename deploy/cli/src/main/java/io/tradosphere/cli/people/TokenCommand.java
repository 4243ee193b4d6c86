package io.tradosphere.cli.people;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.issuer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints tokens of the local OIDC provider. */
@Command(
        name = "token",
        description = "Prints one token (JWT) a line for each name. The id of a name, the token's sub, is"
                + " always the same.",
        mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "names, or ids")
    private List<String> names;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "a role the tokens carry, such as platform-admin; repeatable")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--id", description = "print the ids instead of tokens")
    private boolean idsOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (idsOnly) {
            names.forEach(name -> spec.commandLine().getOut().println(Tokens.profileId(name)));
            return 0;
        }
        Tokens tokens = new Tokens(Endpoints.ofRunning(data).get("OIDC_ISSUER"));
        for (String name : names) {
            spec.commandLine()
                    .getOut()
                    .println(tokens.token(Tokens.profileId(name).toString(), roles));
        }
        return 0;
    }
}
