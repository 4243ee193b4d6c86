package io.tradosphere.cli.types;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Foreground;
import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates TypeScript types. */
@Command(
        name = "types",
        description =
                "Generates TypeScript types of the API and of the events from their published documents. Needs Node 20.",
        mixinStandardHelpOptions = true)
public final class TypesCommand implements Callable<Integer> {

    private static final String TOOL = "deploy/cli/types";
    private static final String SCHEMAS = "shared-schema/contracts/src/main/resources/schemas";
    private static final List<String> TOOL_FILES = List.of("package.json", "package-lock.json", "generate.mjs");

    @Mixin
    private DataFolder data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where api.ts and events.ts go (default: types in the data folder)")
    private Path out;

    @Option(
            names = "--openapi",
            paramLabel = "FILE",
            description = "the API's document (default: what the running suite publishes)")
    private Path openapi;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path target = out == null ? data.resolve("types") : out.toAbsolutePath();
        Files.createDirectories(target);
        Path tool = tool();
        Path document = document(target);
        int code = Foreground.run(
                List.of(
                        "node",
                        tool.resolve("generate.mjs").toString(),
                        document.toString(),
                        data.checkout().resolve(SCHEMAS).toString(),
                        target.toString()),
                tool,
                Map.of());
        if (code != 0) {
            throw new StackException("The types could not be generated; what was wrong is said above.");
        }
        spec.commandLine()
                .getOut()
                .println("Types are in " + target.resolve("api.ts") + " and " + target.resolve("events.ts"));
        return 0;
    }

    /** The generators, installed once beside the build's other tools: nothing is written into the clone's own folders. */
    private Path tool() throws IOException {
        Path source = data.checkout().resolve(TOOL);
        Path installed = data.checkout().runtime().resolve("types");
        Path stamp = installed.resolve(".installed");
        Files.createDirectories(installed);
        String lock = Files.readString(source.resolve("package-lock.json"));
        for (String file : TOOL_FILES) {
            Files.copy(source.resolve(file), installed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(lock)) {
            int code = Foreground.run(
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
                    installed,
                    Map.of());
            if (code != 0) {
                throw new StackException(
                        "npm could not install the generators; Node 20 with npm and its registry are needed.");
            }
            Files.writeString(stamp, lock);
        }
        return installed;
    }

    private Path document(Path target) {
        if (openapi != null) {
            if (!Files.exists(openapi)) {
                throw new StackException("There is no file " + openapi + ".");
            }
            return openapi.toAbsolutePath();
        }
        Gateway gateway = new Gateway(Endpoints.ofRunning(data).get("GATEWAY_URL"));
        Path file = target.resolve("openapi.json");
        Folders.writePrivate(
                file,
                gateway.send("GET", "/openapi.json", null, null)
                        .orFail("read the API's document")
                        .body());
        return file;
    }
}
