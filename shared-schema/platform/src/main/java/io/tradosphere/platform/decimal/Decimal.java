package io.tradosphere.platform.decimal;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.tradosphere.platform.openapi.DecimalText;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;

/** An exact decimal number in JSON: read from a string or a number, written as a string without exponent. */
@Target({FIELD, METHOD, PARAMETER, RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@DecimalText(name = "Decimal", integer = 32, fraction = 8, signed = true, about = "A result of a computation")
@JsonSerialize(using = Decimal.Writer.class)
@JsonDeserialize(using = Decimal.Reader.class)
public @interface Decimal {

    /** Writes plain digits, without trailing zeros. */
    final class Writer extends StdScalarSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Decimals.plain(value));
        }
    }

    /** Reads strings and numbers alike. */
    final class Reader extends StdScalarDeserializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            boolean readable = json.hasToken(JsonToken.VALUE_STRING)
                    || json.hasToken(JsonToken.VALUE_NUMBER_INT)
                    || json.hasToken(JsonToken.VALUE_NUMBER_FLOAT);
            return readable && Decimals.parse(json.getText()).isPresent()
                    ? Decimals.parse(json.getText()).get()
                    : context.reportInputMismatch(BigDecimal.class, "is a decimal number");
        }
    }
}
