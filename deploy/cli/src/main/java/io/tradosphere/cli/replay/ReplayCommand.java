package io.tradosphere.cli.replay;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.postgres.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts dead letters back. */
@Command(
        name = "replay",
        description =
                "Puts what a consumer group of the running suite could not apply, and so parked, back into its topic."
                        + " What it applied already changes nothing when it comes again.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Parameters(paramLabel = "TOPIC", description = "the original topic, such as tradosphere.social.follows")
    private String topic;

    @Option(
            names = "--group",
            required = true,
            paramLabel = "G",
            description = "the consumer group, such as profile-service.follower-counts")
    private String group;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Endpoints endpoints = Endpoints.ofRunning(data);
        DeadLetters letters = new DeadLetters(endpoints.get("KAFKA_BOOTSTRAP"), topic, group);
        List<DeadLetters.Origin> origins = letters.replay();
        new Notes(Address.parse(endpoints.get("POSTGRES_URL"))).strike(letters, origins);
        spec.commandLine().getOut().println(origins.size() + " dead letters are back in " + topic + ".");
        return 0;
    }
}
