package io.tradosphere.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans: their parents, and what follows from them. */
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String RECEIVED = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();

    @Test
    void without_a_collector_there_are_no_spans() {
        assertThat(Tracing.ofTheEnvironment("x", name -> null).isOn()).isFalse();
        assertThat(Tracing.ofTheEnvironment("x", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")::get)
                        .isOn())
                .isFalse();
    }

    @Test
    void a_disabled_sdk_makes_no_spans_although_there_is_a_collector() {
        Map<String, String> environment =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318", "OTEL_SDK_DISABLED", "true");

        assertThat(Tracing.ofTheEnvironment("x", environment::get).isOn()).isFalse();
    }

    @Test
    void a_request_its_event_and_its_consumer_are_one_trace() {
        Tracing tracing = tracing(Sampler.alwaysOn());
        Part request = tracing.request("GET", RECEIVED);
        Part event = tracing.published("t", "e", request.traceparent(), Instant.now());
        Part applied = tracing.applied("g", "t", "e", event.traceparent());
        applied.end();
        event.end();
        request.end("GET", "/v1/x/{id}", 503);

        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
        assertThat(spans)
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.CONSUMER, SpanKind.PRODUCER, SpanKind.SERVER);
        assertThat(spans.get(2).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(2).getSpanId());
        assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
        assertThat(spans.get(2).getName()).isEqualTo("GET /v1/x/{id}");
    }

    @Test
    void the_span_of_an_event_begins_when_it_came_into_the_outbox() {
        Instant since = Instant.parse("2026-11-30T12:00:00Z");
        Tracing tracing = tracing(Sampler.alwaysOn());
        tracing.published("t", "e", RECEIVED, since).end();

        assertThat(exported.getFinishedSpanItems().get(0).getStartEpochNanos())
                .isEqualTo(TimeUnit.SECONDS.toNanos(since.getEpochSecond()));
    }

    @Test
    void a_request_that_is_not_sampled_leaves_its_callers_span_the_parent_of_what_follows() {
        Tracing tracing = tracing(Sampler.alwaysOff());
        Part request = tracing.request("GET", RECEIVED);
        request.end("GET", "/v1/x", 200);

        assertThat(request.traceparent()).isEqualTo("00-" + TRACE + "-00f067aa0ba902b7-00");
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void a_malformed_parent_begins_a_trace() {
        Tracing tracing = tracing(Sampler.alwaysOn());
        assertThat(tracing.request("GET", "00-zz").traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    private Tracing tracing(Sampler sampler) {
        return Tracing.by(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                        .build())
                .build());
    }
}
