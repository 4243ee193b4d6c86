package io.tradosphere.cli.topics;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.topics.KafkaVariables;
import io.tradosphere.topics.TopicsMain;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates or checks the topics, on the environment's broker or the running suite's. */
@Command(
        name = "topics",
        description = {
            "Creates the topics of the event contract, or names what differs.",
            "The broker is KAFKA_BOOTSTRAP_SERVERS, with other KAFKA_… and TRADOSPHERE_KAFKA_PREFIX; else the running suite's."
        },
        mixinStandardHelpOptions = true)
public final class TopicsCommand implements Callable<Integer> {

    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @Mixin
    private DataFolder data;

    @Option(names = "--check", description = "changes nothing, names what differs and exits with 1")
    private boolean check;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!environment.containsKey(KafkaVariables.BOOTSTRAP)) {
            // The suite's broker knows neither TLS nor a prefix, whatever the shell says.
            environment.clear();
            environment.put(KafkaVariables.BOOTSTRAP, Endpoints.ofRunning(data).get("KAFKA_BOOTSTRAP"));
        }
        return TopicsMain.run(
                environment, spec.commandLine().getOut(), check ? new String[] {"--check"} : new String[0]);
    }
}
