package io.tradosphere.cli.types;

import io.tradosphere.cli.Foreground;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A generator of TypeScript types. It writes {@code api.ts} from an OpenAPI document and {@code events.ts} from the events' schemas. It
 * runs on Node 20, with packages of locked versions.
 */
public final class TypeScriptTypes {

    private static final String TOOL = "deploy/cli/types";
    private static final String SCHEMAS = "shared-schema/contracts/src/main/resources/schemas";
    private static final List<String> TOOL_FILES = List.of("package.json", "package-lock.json", "generate.mjs");

    private final Checkout checkout;

    /** @param checkout the clone with the generator and the schemas */
    public TypeScriptTypes(Checkout checkout) {
        this.checkout = checkout;
    }

    /**
     * Generates the two files.
     *
     * @param openapi the API's document
     * @param out the folder they go to
     * @throws StackException when Node or npm fails
     */
    public void generate(Path openapi, Path out) throws IOException {
        Path tool = installed();
        int code = Foreground.run(
                List.of(
                        "node",
                        tool.resolve("generate.mjs").toString(),
                        openapi.toString(),
                        checkout.resolve(SCHEMAS).toString(),
                        out.toString()),
                tool,
                Map.of());
        if (code != 0) {
            throw new StackException("The types could not be generated; see the errors above.");
        }
    }

    /** The folder of the generators. They are installed once, outside the clone's own folders. */
    private Path installed() throws IOException {
        Path source = checkout.resolve(TOOL);
        Path installed = checkout.runtime().resolve("types");
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
                        "npm could not install the generators. Install Node 20 with npm and check access to its registry.");
            }
            Files.writeString(stamp, lock);
        }
        return installed;
    }
}
