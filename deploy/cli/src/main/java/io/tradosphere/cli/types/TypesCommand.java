package io.tradosphere.cli.types;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "Generates TypeScript types of the API and the events from their published documents. Needs Node 20.",
        mixinStandardHelpOptions = true)
public final class TypesCommand implements Callable<Integer> {

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
        new TypeScriptTypes(data.checkout()).generate(document(target), target);
        spec.commandLine()
                .getOut()
                .println("Types are in " + target.resolve("api.ts") + " and " + target.resolve("events.ts"));
        return 0;
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
                        .orThrow("read the API's document")
                        .body());
        return file;
    }
}
