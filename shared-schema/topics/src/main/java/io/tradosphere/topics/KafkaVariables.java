package io.tradosphere.topics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The settings of Kafka clients in environment variables, as the services read them. */
public final class KafkaVariables {

    /** The brokers. */
    public static final String BOOTSTRAP = "KAFKA_BOOTSTRAP_SERVERS";
    /** What precedes the name of every topic. */
    public static final String TOPIC_PREFIX = "TRADOSPHERE_KAFKA_PREFIX";

    private static final String FIRST = "KAFKA_";

    private KafkaVariables() {}

    /** The settings: {@code KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}. */
    public static Map<String, Object> settings(Map<String, String> environment) {
        Map<String, Object> settings = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(FIRST) && !value.isBlank()) {
                settings.put(
                        name.substring(FIRST.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return settings;
    }
}
