package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.tradosphere.platform.text.TextCharacters;
import java.io.IOException;

/**
 * A deserializer of strings that refuses other types, NUL and unpaired surrogates, which a text column cannot store. It returns them
 * in Unicode Normalization Form C.
 */
final class StorableText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    StorableText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(String.class, "is a string");
        }
        String text = StringDeserializer.instance.deserialize(json, context);
        if (!isStorable(text)) {
            throw context.weirdStringException(text, String.class, "cannot be stored");
        }
        return TextCharacters.normalized(text);
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }
}
