package io.tradosphere.platform.openapi;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

/** Names of annotations, and reading them. */
final class Names {

    static final DotName SCHEMA = DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    static final DotName NULLABLE = DotName.createSimple("io.tradosphere.contracts.Nullable");
    static final DotName DECIMAL_TEXT = DotName.createSimple(DecimalText.class.getName());
    static final DotName LIST = DotName.createSimple("java.util.List");
    static final DotName MAP = DotName.createSimple("java.util.Map");
    static final DotName PAGE = DotName.createSimple("io.tradosphere.platform.http.Page");

    private Names() {}

    static DotName jackson(String annotation) {
        return DotName.createSimple("com.fasterxml.jackson.annotation." + annotation);
    }

    static DotName constraint(String annotation) {
        return DotName.createSimple("jakarta.validation.constraints." + annotation);
    }

    static DotName rest(String annotation) {
        return DotName.createSimple("jakarta.ws.rs." + annotation);
    }

    /** A value of an annotation of a declaration; null without the annotation or the value. */
    static AnnotationValue value(AnnotationTarget target, DotName annotation, String name) {
        AnnotationInstance found = target.declaredAnnotation(annotation);
        return found == null ? null : found.value(name);
    }

    /** The name that the document has for a type: of its {@code @Schema}, or else its own. */
    static String ofSchema(ClassInfo type) {
        AnnotationValue name = value(type, SCHEMA, "name");
        return name == null ? type.simpleName() : name.asString();
    }
}
