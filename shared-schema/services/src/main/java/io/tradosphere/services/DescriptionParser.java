package io.tradosphere.services;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A parser of one description. It refuses whatever it does not know, so a typo is not a silent default. */
final class DescriptionParser {

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*-service");
    private static final Pattern SCHEMA = Pattern.compile("[a-z]+(_[a-z]+)*");
    private static final Pattern PREFIX = Pattern.compile("/v[1-9][0-9]*(/[a-z]+(-[a-z]+)*)+");
    private static final Pattern SECRET = Pattern.compile("[A-Z]+(_[A-Z0-9]+)*");
    private static final Pattern TOPIC = Pattern.compile("tradosphere(\\.[a-z]+(-[a-z]+)*){2}");
    private static final int LAST_PORT = 15;

    private static final Set<String> KEYS =
            new LinkedHashSet<>(List.of("name", "schema", "port", "routes", "streams", "secrets", "topics"));

    private final String file;
    private final Map<?, ?> values;

    private DescriptionParser(String file, Map<?, ?> values) {
        this.file = file;
        this.values = values;
    }

    /**
     * Parses a description.
     *
     * @param file the name of the file, for messages
     * @param yaml its content
     * @throws InvalidDescriptionException when it is not one
     */
    static ServiceDescription parse(String file, String yaml) {
        return new DescriptionParser(file, load(file, yaml)).description();
    }

    private ServiceDescription description() {
        for (Object key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw invalid("unknown key '" + key + "'. The keys are " + String.join(", ", KEYS) + ".");
            }
        }
        return new ServiceDescription(
                text("name", NAME, "such as profile-service"),
                text("schema", SCHEMA, "such as profile"),
                port(),
                list("routes", PREFIX, "such as /v1/profiles"),
                list("streams", PREFIX, "such as /v1/realtime"),
                list("secrets", SECRET, "an environment variable such as STRIPE_WEBHOOK_SECRET"),
                list("topics", TOPIC, "such as tradosphere.social.follows"));
    }

    private String text(String key, Pattern form, String example) {
        if (values.get(key) instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        throw invalid("'" + key + "' is required, " + example + ", and not '" + values.get(key) + "'.");
    }

    private int port() {
        if (values.get("port") instanceof Integer port && port >= 1 && port <= LAST_PORT) {
            return port;
        }
        throw invalid("'port' is required, from 1 to " + LAST_PORT + ", and not '" + values.get("port")
                + "'. It is counted from the gateway's port.");
    }

    private List<String> list(String key, Pattern form, String example) {
        if (!values.containsKey(key)) {
            return List.of();
        }
        if (!(values.get(key) instanceof List<?> items)) {
            throw invalid("'" + key + "' is a list, and not '" + values.get(key) + "'.");
        }
        Set<Object> seen = new HashSet<>();
        for (Object item : items) {
            if (!(item instanceof String text) || !form.matcher(text).matches()) {
                throw invalid("'" + item + "' in '" + key + "' has another form: " + example + ".");
            }
            if (!seen.add(item)) {
                throw invalid("'" + item + "' stands twice in '" + key + "'. Delete one.");
            }
        }
        return items.stream().map(String.class::cast).toList();
    }

    private InvalidDescriptionException invalid(String mistake) {
        return new InvalidDescriptionException(file + ": " + mistake);
    }

    private static Map<?, ?> load(String file, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            if (new Yaml(new SafeConstructor(options)).load(yaml) instanceof Map<?, ?> values) {
                return values;
            }
            throw new InvalidDescriptionException(file + ": a description has keys, such as name: profile-service.");
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark().getLine() + 1;
            throw new InvalidDescriptionException(file + ", line " + line + ": " + malformed.getProblem() + ".");
        } catch (YAMLException malformed) {
            throw new InvalidDescriptionException(
                    file + ": " + malformed.getMessage().lines().findFirst().orElse(""));
        }
    }
}
