package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;

/**
 * A Jackson configuration that reads JSON strictly. It keeps all digits of numbers, converts no value to another type, and refuses
 * ordinals for enums, duplicate fields and text that cannot be stored. It limits what a body can make the parser build.
 */
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxDocumentLength(1024 * 1024)
            .maxTokenCount(20_000)
            .maxNestingDepth(50)
            .maxNumberLength(100)
            .maxNameLength(500)
            .maxStringLength(128 * 1024)
            .build();

    @Override
    public void customize(ObjectMapper json) {
        json.getFactory().setStreamReadConstraints(LIMITS);
        json.registerModule(BoundedNumbers.addTo(new SimpleModule("strict values"))
                .addDeserializer(String.class, new StorableText())
                .addDeserializer(Instant.class, new TextInstant()));
        json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        json.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        for (LogicalType type : new LogicalType[] {LogicalType.Boolean, LogicalType.Integer, LogicalType.Float}) {
            for (CoercionInputShape shape : CoercionInputShape.values()) {
                boolean same = type == LogicalType.Float && shape == CoercionInputShape.Integer;
                if (!same) {
                    json.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
                }
            }
        }
    }

    /** A deserializer of instants from text alone: a number could be seconds or milliseconds. */
    private static final class TextInstant extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        TextInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING) || json.getText().matches("[+-]?[0-9.]*")) {
                return context.reportInputMismatch(Instant.class, "is an instant");
            }
            return InstantDeserializer.INSTANT.deserialize(json, context);
        }
    }
}
