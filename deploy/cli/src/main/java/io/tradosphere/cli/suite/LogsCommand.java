package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the log of a process. */
@Command(name = "logs", description = "Shows the log of a service.", mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    @Mixin
    private DataFolder data;

    @Parameters(
            paramLabel = "SERVICE",
            description =
                    "profile-service (or profile), …, gateway, kafka, postgres, oidc, stripe, launcher; profile-service-2 for a replica")
    private String service;

    @Option(
            names = {"-f", "--follow"},
            description = "keep printing new lines until Ctrl-C")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "200",
            description = "how many of the last lines (default: 200)")
    private int lines;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (lines < 1) {
            throw new ParameterException(spec.commandLine(), "--lines is a whole number from 1, not " + lines);
        }
        Path log = log();
        PrintWriter out = spec.commandLine().getOut();
        try (RandomAccessFile reader = new RandomAccessFile(log.toFile(), "r")) {
            List<String> all = new ArrayList<>(Arrays.asList(fresh(reader).split("\n", -1)));
            if (all.get(all.size() - 1).isEmpty()) {
                all.remove(all.size() - 1);
            }
            all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
            out.flush();
            if (follow) {
                Waiting.until(FOR_EVER, () -> {
                    out.print(fresh(reader));
                    return out.checkError();
                });
            }
        }
        return 0;
    }

    private Path log() {
        boolean isSlice =
                Arrays.stream(Slice.values()).anyMatch(slice -> slice.schema().equals(service));
        Path log = data.logs().resolve((isSlice ? service + "-service" : service) + ".log");
        if (!Files.exists(log) || !log.normalize().startsWith(data.logs())) {
            List<String> known = known();
            if (known.isEmpty()) {
                throw new StackException("There are no logs yet. Start the suite with ./tradosphere up");
            }
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no log for '" + service + "'. Choose one of: " + String.join(", ", known));
        }
        return log;
    }

    private List<String> known() {
        if (!Files.isDirectory(data.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.logs())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackException("Cannot read " + data.logs() + ": " + e.getMessage(), e);
        }
    }

    private static String fresh(RandomAccessFile reader) {
        try {
            byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, reader.length() - reader.getFilePointer())];
            reader.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StackException("Cannot read the log: " + e.getMessage(), e);
        }
    }
}
