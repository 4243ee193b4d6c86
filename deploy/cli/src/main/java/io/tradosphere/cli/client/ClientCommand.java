package io.tradosphere.cli.client;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Foreground;
import io.tradosphere.cli.Maven;
import io.tradosphere.cli.types.TypeScriptTypes;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a client of the API. */
@Command(
        name = "client",
        description =
                "Writes a client of the API, generated from its released document by generators of locked versions. The Java"
                        + " client needs Maven, the TypeScript client Node 20.",
        mixinStandardHelpOptions = true)
public final class ClientCommand implements Callable<Integer> {

    private static final String RELEASED = "docs/api/released/openapi.json";
    private static final String JAVA_MODULE = "deploy/client";
    private static final String TYPESCRIPT_PACKAGE = "deploy/cli/types/client";
    private static final List<String> PACKAGE_FILES =
            List.of("package.json", "package-lock.json", "tsconfig.json", "client.ts", ".npmrc");

    /** The language of a client. */
    enum Language {
        JAVA,
        TYPESCRIPT
    }

    @Mixin
    private DataFolder data;

    @Parameters(paramLabel = "LANGUAGE", description = "java or typescript")
    private Language language;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the client goes (default: client/LANGUAGE in the data folder)")
    private Path out;

    @Option(
            names = "--openapi",
            paramLabel = "FILE",
            description = "the API's document (default: the released one, " + RELEASED + ")")
    private Path openapi;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path target = out == null
                ? data.resolve("client").resolve(language.name().toLowerCase(Locale.ROOT))
                : out.toAbsolutePath();
        Path document = openapi == null ? data.checkout().resolve(RELEASED) : openapi.toAbsolutePath();
        if (!Files.exists(document)) {
            throw new StackException("There is no file " + document + ".");
        }
        Files.createDirectories(target);
        if (language == Language.JAVA) {
            writeJava(document, target);
        } else {
            writeTypeScript(document, target);
        }
        spec.commandLine().getOut().println("The client is in " + target);
        return 0;
    }

    /** Runs the generator with the settings of the module {@code deploy/client}. */
    private void writeJava(Path document, Path target) {
        int code = Foreground.run(
                Maven.command(List.of(
                        "-q",
                        "-f",
                        data.checkout().resolve(JAVA_MODULE).resolve("pom.xml").toString(),
                        "-Dclient.openapi=" + document,
                        "-Dclient.out=" + target,
                        "generate-sources")),
                data.checkout().root(),
                Maven.environment());
        if (code != 0) {
            throw new StackException("The client could not be generated; see the errors above.");
        }
    }

    private void writeTypeScript(Path document, Path target) throws IOException {
        new TypeScriptTypes(data.checkout()).generate(document, target);
        for (String file : PACKAGE_FILES) {
            Files.copy(
                    data.checkout().resolve(TYPESCRIPT_PACKAGE).resolve(file),
                    target.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
