package io.tradosphere.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.io.IOException;

/** Makes {@link Nullable} mean to Jackson what it says: everything else must be there, written and read. */
final class RequiredUnlessNullable extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        // Of an unwrapped record each field is required or not by itself; there is no field of the record's own name.
        return isRequired(member) && !member.hasAnnotation(JsonUnwrapped.class);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return isRequired(member) ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL) : JsonSetter.Value.empty();
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated member) {
        return JsonInclude.Value.construct(
                isRequired(member) ? JsonInclude.Include.ALWAYS : JsonInclude.Include.NON_NULL, null);
    }

    @Override
    public Object findNullSerializer(Annotated member) {
        return isRequired(member) ? RefuseNull.class : null;
    }

    private static boolean isRequired(Annotated member) {
        return !member.hasAnnotation(Nullable.class);
    }

    /** What is written for null where null must not be. */
    static final class RefuseNull extends JsonSerializer<Object> {
        @Override
        public void serialize(Object nothing, JsonGenerator json, SerializerProvider provider) throws IOException {
            throw JsonMappingException.from(json, "required, but null");
        }
    }
}
