package io.tradosphere.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The operator's settings of the log, as properties of Quarkus. */
public final class LogSettings {

    /** The variable that sets the format. */
    public static final String FORMAT = "TRADOSPHERE_LOG";

    /** The variable that has each request logged. */
    public static final String REQUESTS = "TRADOSPHERE_LOG_REQUESTS";

    /** The log category of requests. */
    public static final String REQUEST_CATEGORY = "io.tradosphere.request";

    /** The property that is true when lines are JSON objects. */
    public static final String JSON = "quarkus.log.console.json.enabled";

    private final UnaryOperator<String> environment;

    /** @param environment maps the names of variables to their values; null for one that is not set */
    public LogSettings(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** The first error with its remedy, in one line; empty when there is none. */
    public Optional<String> error() {
        return oneOf(FORMAT, "text", "json").or(() -> oneOf(REQUESTS, "off", "on"));
    }

    /** What differs from the defaults, to be set before Quarkus starts. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if ("json".equals(value(FORMAT))) {
            properties.put(JSON, "true");
        }
        if ("on".equals(value(REQUESTS))) {
            properties.put("quarkus.log.category.\"" + REQUEST_CATEGORY + "\".level", "INFO");
        }
        return properties;
    }

    private Optional<String> oneOf(String variable, String usual, String other) {
        String value = value(variable);
        return value == null || value.equals(usual) || value.equals(other)
                ? Optional.empty()
                : Optional.of(variable + " is " + usual + " (the default) or " + other + ", not '" + value + "'.");
    }

    private String value(String variable) {
        String value = environment.apply(variable);
        return value == null || value.isBlank() ? null : value;
    }
}
