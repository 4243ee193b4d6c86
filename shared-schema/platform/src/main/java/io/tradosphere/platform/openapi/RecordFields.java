package io.tradosphere.platform.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

/** The JSON fields of a record: its components, with those of unwrapped records in their place. */
final class RecordFields {

    private static final DotName UNWRAPPED = Names.jackson("JsonUnwrapped");
    private static final DotName IGNORED = Names.jackson("JsonIgnore");
    private static final DotName INCLUDE = Names.jackson("JsonInclude");
    private static final Set<DotName> REQUIRED =
            Set.of(Names.constraint("NotNull"), Names.constraint("NotBlank"), Names.constraint("NotEmpty"));

    private final IndexView index;

    RecordFields(IndexView index) {
        this.index = index;
    }

    /**
     * A field of a record in JSON.
     *
     * @param owner the record whose component it is
     * @param declared the component's field
     * @param nullable whether a response may have null, and a merge patch may set it
     * @param required whether a request must have it
     * @param optional whether a response may leave it out
     * @param decimal how it is a decimal in a string; null when it is none
     */
    record Field(
            ClassInfo owner,
            FieldInfo declared,
            boolean nullable,
            boolean required,
            boolean optional,
            AnnotationInstance decimal) {

        /** Its type, or the one that the document shall show; of a list, that of its items. */
        Type type() {
            Type shown = shown(declared);
            return shown != null ? shown : isList() ? itemType() : declared.type();
        }

        boolean isList() {
            return declared.type().name().equals(Names.LIST);
        }

        private Type itemType() {
            return declared.type().asParameterizedType().arguments().get(0);
        }
    }

    /** The fields by name, in the order of the components. */
    Map<String, Field> of(ClassInfo type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        collect(type, false, fields);
        return fields;
    }

    private void collect(ClassInfo type, boolean absentOwner, Map<String, Field> fields) {
        for (RecordComponentInfo component : type.recordComponentsInDeclarationOrder()) {
            FieldInfo declared = type.field(component.name());
            boolean nullable = absentOwner || declared.hasDeclaredAnnotation(Names.NULLABLE);
            if (declared.hasDeclaredAnnotation(UNWRAPPED)) {
                collect(index.getClassByName(declared.type().name()), nullable, fields);
            } else if (!declared.hasDeclaredAnnotation(IGNORED)) {
                List<AnnotationInstance> annotations = declared.declaredAnnotations();
                fields.put(
                        component.name(),
                        new Field(
                                type,
                                declared,
                                nullable,
                                annotations.stream().anyMatch(each -> REQUIRED.contains(each.name())),
                                declared.hasDeclaredAnnotation(INCLUDE),
                                shown(declared) == null ? decimal(annotations) : null));
            }
        }
    }

    /** The type that the document shall show instead of the field's own; null for none. */
    private static Type shown(FieldInfo declared) {
        AnnotationValue shown = Names.value(declared, Names.SCHEMA, "implementation");
        return shown == null ? null : shown.asClass();
    }

    /** The field's own description of a decimal, or else that of one of its annotations; the last is the most general. */
    private AnnotationInstance decimal(List<AnnotationInstance> annotations) {
        AnnotationInstance found = null;
        for (AnnotationInstance annotation : annotations) {
            if (annotation.name().equals(Names.DECIMAL_TEXT)) {
                return annotation;
            }
            ClassInfo type = index.getClassByName(annotation.name());
            if (type != null && type.hasDeclaredAnnotation(Names.DECIMAL_TEXT)) {
                boolean general = annotation.name().withoutPackagePrefix().equals("Decimal");
                found = found == null || !general ? type.declaredAnnotation(Names.DECIMAL_TEXT) : found;
            }
        }
        return found;
    }
}
