package io.tradosphere.cli.prices;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes market ticks from a file. */
@Command(
        name = "prices",
        description = "Publishes the market ticks of a file to the running suite. A line is symbol,price or"
                + " symbol,price,instant; a heading in the first line is skipped.",
        mixinStandardHelpOptions = true)
public final class PricesCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Parameters(paramLabel = "FILE.csv", description = "the ticks, oldest first")
    private Path file;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "ticks a second (default: no limit)")
    private int rate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (rate < 0) {
            throw new ParameterException(spec.commandLine(), "--rate is a whole number from 0, not " + rate);
        }
        // The whole file is read before any tick is sent, so that a bad line leaves nothing half done.
        forEachTick(tick -> {});
        Endpoints endpoints = Endpoints.ofRunning(data);
        try (MarketFeed market = new MarketFeed(endpoints.get("KAFKA_BOOTSTRAP"), rate)) {
            forEachTick(market::send);
            long sent = market.flush();
            spec.commandLine().getOut().println(sent + (sent == 1 ? " tick sent." : " ticks sent."));
            return 0;
        }
    }

    private void forEachTick(Consumer<PriceTicked> action) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !(number == 1 && TickLine.isHeading(line))) {
                    action.accept(TickLine.parse(line, number));
                }
            }
        } catch (NoSuchFileException e) {
            throw new StackException("There is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new StackException(file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
