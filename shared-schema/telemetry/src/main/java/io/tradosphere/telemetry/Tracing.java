package io.tradosphere.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.tradosphere.http.Traceparent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A factory of spans. It is off unless the operator names a collector. It is configured by the standard variables of OpenTelemetry
 * alone, such as {@code OTEL_EXPORTER_OTLP_ENDPOINT} and {@code OTEL_TRACES_SAMPLER}.
 *
 * <p>The parent of a span is a {@code traceparent}, and so is what the span passes on. No span is kept in a thread or context, so
 * nothing is lost where work is batched.
 */
public final class Tracing implements AutoCloseable {

    private static final String[] ENDPOINTS = {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"};

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private Tracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk == null ? null : sdk.getTracer("io.tradosphere");
    }

    /** Tracing that is off. */
    public static Tracing off() {
        return new Tracing(null);
    }

    /** Tracing by a given SDK. */
    public static Tracing by(OpenTelemetrySdk sdk) {
        return new Tracing(sdk);
    }

    /**
     * Tracing as the operator has set it.
     *
     * @param service the service's name, unless {@code OTEL_SERVICE_NAME} says otherwise
     * @param environment maps the names of variables to their values; null for one that is not set
     */
    public static Tracing ofTheEnvironment(String service, UnaryOperator<String> environment) {
        boolean hasCollector = false;
        for (String endpoint : ENDPOINTS) {
            String value = environment.apply(endpoint);
            hasCollector |= value != null && !value.isBlank();
        }
        if (!hasCollector || Boolean.parseBoolean(environment.apply("OTEL_SDK_DISABLED"))) {
            return off();
        }
        return by(AutoConfiguredOpenTelemetrySdk.builder()
                // Variables override these. Only spans are exported: metrics are Prometheus', and the log is the
                // console's.
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", service,
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk());
    }

    /** Whether spans are made. Nothing else may be called when they are not. */
    public boolean isOn() {
        return tracer != null;
    }

    /**
     * Begins the span of a request that a client sent.
     *
     * @param name of few values, such as {@code GET}
     * @param parent the {@code traceparent} received; null or malformed begins a trace
     */
    public Part request(String name, String parent) {
        return begin(SpanKind.SERVER, name, parent, null, Attributes.empty());
    }

    /**
     * Begins the span of an event on its way from the outbox to its topic.
     *
     * @param since when it came into the outbox
     */
    public Part published(String topic, String eventId, String parent, Instant since) {
        return begin(SpanKind.PRODUCER, "publish " + topic, parent, since, SpanAttributes.ofEvent(topic, eventId));
    }

    /** Begins the span of an event that a consumer group applies. */
    public Part applied(String group, String topic, String eventId, String parent) {
        return begin(
                SpanKind.CONSUMER, "process " + group, parent, null, SpanAttributes.ofEvent(group, topic, eventId));
    }

    private Part begin(SpanKind kind, String name, String parent, Instant since, Attributes attributes) {
        boolean hasParent = parent != null && Traceparent.isValid(parent);
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind).setAllAttributes(attributes);
        if (hasParent) {
            builder.setParent(Context.root().with(Span.wrap(contextOf(parent))));
        } else {
            builder.setNoParent();
        }
        if (since != null) {
            builder.setStartTimestamp(since);
        }
        Span span = builder.startSpan();
        SpanContext made = span.getSpanContext();
        // A span that is not recorded is nobody's parent. What follows hangs from the one before, and knows the
        // decision.
        String spanId = span.isRecording() || !hasParent ? made.getSpanId() : parent.substring(36, 52);
        return new Part(
                span,
                "00-" + made.getTraceId() + "-" + spanId + "-"
                        + made.getTraceFlags().asHex());
    }

    private static SpanContext contextOf(String traceparent) {
        return SpanContext.createFromRemoteParent(
                Traceparent.traceId(traceparent),
                traceparent.substring(36, 52),
                TraceFlags.fromHex(traceparent, 53),
                TraceState.getDefault());
    }

    /** Exports what has ended, for 3 s at most, and ends. */
    @Override
    public void close() {
        if (sdk != null) {
            sdk.getSdkTracerProvider().shutdown().join(3, TimeUnit.SECONDS);
        }
    }
}
