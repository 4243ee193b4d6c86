package io.tradosphere.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this folder, as Docker Compose reads them. */
final class ComposeFile {

    static final Path FOLDER = Path.of("").toAbsolutePath();
    static final Path CHECKOUT = FOLDER.resolve("../..").normalize();
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String SECRETS = "# [secrets]";
    private static final Pattern REFERENCE = Pattern.compile("[$]\\{([A-Z0-9_]+)(?:(:[-?])([^}]*))?}");

    private final String text = read("compose.yaml");
    private final JsonNode tree = yaml(text);

    /**
     * A reference to a variable.
     *
     * @param operator {@code :-} before a default, {@code :?} before what an error says, or null
     * @param word what follows the operator, or null
     */
    record Reference(String name, String operator, String word) {

        boolean isRequired() {
            return ":?".equals(operator);
        }
    }

    /** The whole file, with its anchors merged. */
    JsonNode tree() {
        return tree;
    }

    JsonNode service(String name) {
        JsonNode service = tree.path("services").path(name);
        if (service.isMissingNode()) {
            throw new AssertionError(name + " is missing");
        }
        return service;
    }

    /** The services by name, without what is ours alone. */
    Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        tree.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }

    /** The variables of a service's environment, not yet interpolated. */
    Map<String, String> environment(String service) {
        Map<String, String> variables = new TreeMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
        return variables;
    }

    /** Every reference to a variable in the file. */
    List<Reference> references() {
        return references(text);
    }

    static List<Reference> references(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map(found -> new Reference(found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    /** What {@code .env.example} says: values by name. */
    static Map<String, String> example() {
        return variables(read(".env.example"));
    }

    /** Its part of secrets. */
    static Map<String, String> exampleSecrets() {
        String all = read(".env.example");
        return variables(all.substring(all.indexOf(SECRETS)));
    }

    static Map<String, String> variables(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (variables.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
                throw new AssertionError(line + " stands twice");
            }
        });
        return variables;
    }

    static JsonNode yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(text));
    }

    static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
