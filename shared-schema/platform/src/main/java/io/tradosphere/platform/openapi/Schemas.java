package io.tradosphere.platform.openapi;

import io.tradosphere.platform.openapi.RecordFields.Field;
import io.tradosphere.platform.openapi.SchemaNames.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

/**
 * The schemas of the types in requests and responses.
 *
 * <p>A response has every field of its record; null is where {@code @Nullable} says so. A request needs what {@code @NotNull} says. A
 * merge patch needs nothing, and null clears what is {@code @Nullable}.
 */
final class Schemas {

    private final IndexView index;
    private final JavadocTexts texts;
    private final RecordFields fields;
    private final SchemaNames names;
    private final Constraints constraints;
    private final Map<String, Schema> components = new TreeMap<>();

    Schemas(IndexView index, JavadocTexts texts, RecordFields fields, SchemaNames names) {
        this.index = index;
        this.texts = texts;
        this.fields = fields;
        this.names = names;
        this.constraints = new Constraints(index);
    }

    /** The schemas by name of all types asked for so far. */
    Map<String, Schema> components() {
        return components;
    }

    /** The schema of a type: a reference when it has a name. */
    Schema of(Type type, Role role) {
        if (type.name().equals(Names.PAGE)) {
            return page(((ParameterizedType) type).arguments().get(0));
        }
        if (type.name().equals(Names.LIST)) {
            Type item = ((ParameterizedType) type).arguments().get(0);
            return OASFactory.createSchema().addType(SchemaType.ARRAY).items(of(item, role));
        }
        if (type.name().equals(Names.MAP)) {
            return map(((ParameterizedType) type).arguments(), role);
        }
        ClassInfo named = index.getClassByName(type.name());
        if (named != null && (named.isRecord() || named.isEnum())) {
            String name = named.isEnum() ? Names.ofSchema(named) : names.of(named, role);
            if (!components.containsKey(name)) {
                components.put(name, OASFactory.createSchema());
                components.put(name, named.isEnum() ? enumeration(named) : object(named, role));
            }
            return Scalars.reference(name);
        }
        return Scalars.of(type.name());
    }

    /** A map with an enum as its key has a field for each constant; a response has all of them. */
    private Schema map(List<Type> types, Role role) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        ClassInfo key = index.getClassByName(types.get(0).name());
        if (key == null || !key.isEnum()) {
            return object.additionalPropertiesSchema(of(types.get(1), role));
        }
        Map<String, String> meanings = texts.ofConstants(key);
        for (FieldInfo constant : key.enumConstants()) {
            String name = json(constant);
            Schema property = of(types.get(1), role).description(meanings.getOrDefault(constant.name(), ""));
            object.addProperty(name, property);
            if (role == Role.RESPONSE) {
                object.addRequired(name);
            }
        }
        return object.additionalPropertiesBoolean(false);
    }

    private static String json(FieldInfo constant) {
        AnnotationValue json = Names.value(constant, Names.jackson("JsonProperty"), "value");
        return json == null ? constant.name() : json.asString();
    }

    private Schema page(Type item) {
        String name = Names.ofSchema(index.getClassByName(item.name())) + "Page";
        ClassInfo page = index.getClassByName(Names.PAGE);
        Schema items = OASFactory.createSchema()
                .addType(SchemaType.ARRAY)
                .items(of(item, Role.RESPONSE))
                .description(texts.ofComponent(page, "items"));
        Schema next = Scalars.text().addType(SchemaType.NULL).description(texts.ofComponent(page, "nextCursor"));
        components.put(
                name,
                OASFactory.createSchema()
                        .addType(SchemaType.OBJECT)
                        .description(texts.of(page))
                        .addProperty("items", items)
                        .addProperty("nextCursor", next)
                        .required(List.of("items", "nextCursor")));
        return Scalars.reference(name);
    }

    private Schema object(ClassInfo record, Role role) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT).description(texts.of(record));
        List<String> required = new ArrayList<>();
        fields.of(record).forEach((name, field) -> {
            object.addProperty(name, property(field, name, role));
            if (role == Role.RESPONSE ? !field.optional() : role == Role.REQUEST && field.required()) {
                required.add(name);
            }
        });
        if (!required.isEmpty()) {
            object.setRequired(required);
        }
        if (role != Role.RESPONSE) {
            object.setAdditionalPropertiesBoolean(false);
        }
        return object;
    }

    private Schema property(Field field, String name, Role role) {
        Schema schema = field.decimal() == null ? of(field.type(), role) : decimal(field.decimal());
        if (field.isList()) {
            schema = OASFactory.createSchema().addType(SchemaType.ARRAY).items(schema);
        }
        if (schema.getRef() == null) {
            constraints.addTo(schema, field.declared().declaredAnnotations());
        }
        if (field.nullable() && role != Role.REQUEST) {
            schema = nullable(schema);
        }
        schema.setDescription(texts.ofComponent(field.owner(), name));
        return schema;
    }

    /** An enum may not have null among its values: generators make a constant of it. */
    private static Schema nullable(Schema schema) {
        if (schema.getRef() == null && schema.getEnumeration() == null) {
            return schema.addType(SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
    }

    private Schema decimal(AnnotationInstance text) {
        String name = text.value("name").asString();
        components.put(name, Scalars.decimal(text));
        return Scalars.reference(name);
    }

    private Schema enumeration(ClassInfo type) {
        Map<String, String> meanings = texts.ofConstants(type);
        Schema schema = Scalars.text();
        List<String> lines = new ArrayList<>();
        for (FieldInfo constant : type.enumConstants()) {
            String value = json(constant);
            schema.addEnumeration(value);
            String meaning = meanings.getOrDefault(constant.name(), "");
            lines.add("- `" + value + "`" + (meaning.isEmpty() ? "" : ": " + meaning));
        }
        return schema.description(texts.of(type) + lines.stream().collect(Collectors.joining("\n", "\n\n", "")));
    }
}
