package io.tradosphere.cli.bench;

import io.tradosphere.cli.Foreground;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the benchmarks of deploy/bench. */
@Command(
        name = "bench",
        description =
                "Measures, side by side and interleaved; prints a table and writes JSON. Everything after bench goes to it"
                        + " (./tradosphere bench --help lists its cases).")
public final class BenchCommand implements Callable<Integer> {

    private static final String MODULE = "deploy/bench";
    private static final String MAIN = "io.tradosphere.bench.Main";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        Checkout checkout = Checkout.find();
        Path target = checkout.resolve(MODULE).resolve("target");
        if (!Files.isDirectory(target.resolve("classes"))) {
            throw new StackException(
                    MODULE + " is not built. Build it with: mvn -pl " + MODULE + " -am -DskipTests package");
        }
        return Foreground.run(
                new JavaProgram(MODULE, MAIN).command(checkout, flags(checkout), arguments), checkout.root(), Map.of());
    }

    /** The benchmark starts a suite with this launcher's own jars. A build in the meantime does not affect it. */
    private static List<String> flags(Checkout checkout) {
        return List.of(
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Dtradosphere.home=" + checkout.root(),
                "-Dtradosphere.cli.class-path=" + System.getProperty("java.class.path"));
    }
}
