package io.tradosphere.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** The attributes of spans, by OpenTelemetry's semantic conventions. None of them is a person's data. */
final class SpanAttributes {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> EVENT = AttributeKey.stringKey("messaging.message.id");

    private SpanAttributes() {}

    static Attributes ofEvent(String topic, String eventId) {
        return Attributes.of(SYSTEM, "kafka", TOPIC, topic, EVENT, eventId);
    }

    static Attributes ofEvent(String group, String topic, String eventId) {
        return Attributes.of(SYSTEM, "kafka", GROUP, group, TOPIC, topic, EVENT, eventId);
    }
}
