package io.tradosphere.contracts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How values look on the wire: exactly as the schemas say, where Jackson by itself would let other forms pass too. */
final class WireFormat extends SimpleModule {
    private static final long serialVersionUID = 1L;
    /** Of a decimal with all its digits. Parsing takes time that grows with the square of the length. */
    static final int MAX_DECIMAL_LENGTH = 100;

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    WireFormat() {
        addSerializer(BigDecimal.class, new PlainDecimal());
        addDeserializer(
                BigDecimal.class,
                text(
                        BigDecimal.class,
                        "a decimal number of at most " + MAX_DECIMAL_LENGTH + " characters",
                        WireFormat::decimal));
        addDeserializer(Instant.class, text(Instant.class, "an instant", WireFormat::instant));
        addDeserializer(UUID.class, text(UUID.class, "a UUID", WireFormat::uuid));
        addDeserializer(String.class, text(String.class, "text", Function.identity()));
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MAX_DECIMAL_LENGTH || !DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(text);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static UUID uuid(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return UUID.fromString(text);
    }

    private static <T> JsonDeserializer<T> text(Class<T> type, String expected, Function<String, T> parser) {
        return new Text<>(type, expected, parser);
    }

    private static final class PlainDecimal extends StdScalarSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        PlainDecimal() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }

    /** A JSON string, and nothing else, that a function parses. */
    private static final class Text<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final Class<T> target;
        private final String expected;
        private final transient Function<String, T> parser;

        Text(Class<T> target, String expected, Function<String, T> parser) {
            super(target);
            this.target = target;
            this.expected = expected;
            this.parser = parser;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(target, "must be a string with %s", expected);
            }
            try {
                return parser.apply(json.getText());
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return context.reportInputMismatch(target, "must be %s", expected);
            }
        }
    }
}
