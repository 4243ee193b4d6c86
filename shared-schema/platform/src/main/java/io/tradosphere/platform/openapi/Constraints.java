package io.tradosphere.platform.openapi;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/** What a field's constraints, and those of its constraints, say about its schema. */
final class Constraints {

    private static final String PROJECT = "io.tradosphere.";

    private final IndexView index;

    Constraints(IndexView index) {
        this.index = index;
    }

    /** Adds them to the schema of a field, or of an item of a list. */
    void addTo(Schema schema, List<AnnotationInstance> annotations) {
        for (AnnotationInstance annotation : annotations) {
            String name = annotation.name().toString();
            if (annotation.name().equals(Names.SCHEMA)) {
                addExplicit(schema, annotation);
            } else if (name.startsWith(PROJECT)) {
                ClassInfo type = index.getClassByName(annotation.name());
                if (type != null) {
                    addTo(schema, type.declaredAnnotations());
                }
            } else if (name.startsWith("jakarta.validation.constraints.")) {
                add(schema, annotation.name().withoutPackagePrefix(), annotation);
            }
        }
    }

    private static void add(Schema schema, String constraint, AnnotationInstance values) {
        switch (constraint) {
            case "Pattern" -> Scalars.addPattern(schema, values.value("regexp").asString());
            case "NotBlank" -> Scalars.addPattern(schema, "\\S");
            case "Size" -> addSize(schema, values);
            case "PositiveOrZero" -> addMinimum(schema, BigDecimal.ZERO);
            case "Min" -> addMinimum(schema, BigDecimal.valueOf(values.value().asLong()));
            case "Max" -> addMaximum(schema, BigDecimal.valueOf(values.value().asLong()));
            case "DecimalMin" ->
                addMinimum(schema, new BigDecimal(values.value().asString()));
            case "DecimalMax" ->
                addMaximum(schema, new BigDecimal(values.value().asString()));
            default -> {
                // Such as NotNull, which says what is required; and what JSON Schema cannot say.
            }
        }
    }

    private static void addSize(Schema schema, AnnotationInstance values) {
        Integer min = values.value("min") == null ? null : values.value("min").asInt();
        Integer max = values.value("max") == null ? null : values.value("max").asInt();
        if (schema.getType().contains(SchemaType.ARRAY)) {
            schema.setMinItems(min);
            schema.setMaxItems(max);
        } else {
            schema.setMinLength(min);
            schema.setMaxLength(max);
        }
    }

    private static void addMinimum(Schema schema, BigDecimal least) {
        if (isNumber(schema)) {
            schema.setMinimum(least);
        }
    }

    private static void addMaximum(Schema schema, BigDecimal most) {
        if (isNumber(schema)) {
            schema.setMaximum(most);
        }
    }

    private static boolean isNumber(Schema schema) {
        return schema.getType() != null
                && (schema.getType().contains(SchemaType.NUMBER)
                        || schema.getType().contains(SchemaType.INTEGER));
    }

    private static void addExplicit(Schema schema, AnnotationInstance values) {
        for (AnnotationValue value : values.values()) {
            switch (value.name()) {
                case "enumeration" -> schema.setEnumeration(Arrays.asList((Object[]) value.asStringArray()));
                case "format" -> schema.setFormat(value.asString());
                case "pattern" -> schema.setPattern(value.asString());
                case "maxLength" -> schema.setMaxLength(value.asInt());
                case "maxItems" -> schema.setMaxItems(value.asInt());
                case "minimum" -> schema.setMinimum(new BigDecimal(value.asString()));
                case "maximum" -> schema.setMaximum(new BigDecimal(value.asString()));
                case "defaultValue" -> schema.setDefaultValue(value.asString());
                default -> {
                    // Read elsewhere, such as name and implementation.
                }
            }
        }
    }
}
