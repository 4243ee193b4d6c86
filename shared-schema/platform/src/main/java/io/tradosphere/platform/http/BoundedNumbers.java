package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.tradosphere.platform.decimal.Decimals;
import java.io.IOException;
import java.math.BigDecimal;

/** Deserializers that refuse numbers with many digits or a large exponent, which would need gigabytes in plain notation. */
final class BoundedNumbers {

    private BoundedNumbers() {}

    /** Adds the deserializers to a module. */
    static SimpleModule addTo(SimpleModule module) {
        return module.addDeserializer(BigDecimal.class, new Decimal()).addDeserializer(JsonNode.class, new Tree());
    }

    private static final class Decimal extends StdDeserializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Decimal() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonToken token = json.currentToken();
            if (!token.isNumeric()) {
                return context.reportInputMismatch(BigDecimal.class, "is a number");
            }
            return Decimals.parse(json.getText()).isPresent()
                    ? json.getDecimalValue()
                    : context.reportInputMismatch(BigDecimal.class, "is too large");
        }
    }

    private static final class Tree extends StdDeserializer<JsonNode> {
        private static final long serialVersionUID = 1L;

        Tree() {
            super(JsonNode.class);
        }

        @Override
        public JsonNode deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Checked checked = new Checked(json);
            checked.check(json.currentToken());
            return JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(checked, context);
        }

        @Override
        public JsonNode getNullValue(DeserializationContext context) {
            return context.getNodeFactory().nullNode();
        }

        @Override
        public JsonNode getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    private static final class Checked extends JsonParserDelegate {

        Checked(JsonParser json) {
            super(json);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            return check(super.nextToken());
        }

        @Override
        public JsonToken nextValue() throws IOException {
            return check(super.nextValue());
        }

        @Override
        public String nextFieldName() throws IOException {
            return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
        }

        private JsonToken check(JsonToken token) throws IOException {
            if (token != null && token.isNumeric() && Decimals.parse(getText()).isEmpty()) {
                throw new StreamConstraintsException("A number is too large");
            }
            return token;
        }
    }
}
