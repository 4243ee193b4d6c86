package io.tradosphere.cli.prices;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays market ticks. */
@Command(
        name = "prices",
        description =
                "Plays the market ticks of a file into their topic on the running suite. A line is symbol,price or"
                        + " symbol,price,instant; a first line of headings is passed over.",
        mixinStandardHelpOptions = true)
public final class PricesCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Parameters(paramLabel = "FILE.csv", description = "the ticks, oldest first")
    private Path file;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "ticks a second (default: as fast as it goes)")
    private int rate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Endpoints endpoints = Endpoints.ofRunning(data);
        try (BufferedReader lines = Files.newBufferedReader(file);
                Market market = new Market(endpoints.get("KAFKA_BOOTSTRAP"), rate)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !(number == 1 && Tick.isHeading(line))) {
                    market.play(Tick.parse(line, number));
                }
            }
            long played = market.settle();
            spec.commandLine().getOut().println(played + (played == 1 ? " tick played." : " ticks played."));
            return 0;
        } catch (IOException e) {
            throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
