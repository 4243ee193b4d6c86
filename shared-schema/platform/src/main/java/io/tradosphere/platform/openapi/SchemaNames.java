package io.tradosphere.platform.openapi;

import io.tradosphere.platform.openapi.RecordFields.Field;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

/**
 * The names of the schemas of records. A record with several roles that differ has a schema for each: {@code X} in responses, {@code
 * NewX} in requests, {@code EditableX} in merge patches. Of {@code XFields} these are {@code NewX} and {@code EditableX}, too.
 */
final class SchemaNames {

    /** What a schema is for. */
    enum Role {
        RESPONSE(""),
        REQUEST("New"),
        PATCH("Editable");

        private final String prefix;

        Role(String prefix) {
            this.prefix = prefix;
        }
    }

    private final IndexView index;
    private final RecordFields fields;
    private final Map<DotName, Set<Role>> roles = new LinkedHashMap<>();
    private final Map<String, DotName> owners = new HashMap<>();

    SchemaNames(IndexView index, RecordFields fields) {
        this.index = index;
        this.fields = fields;
    }

    /** Notes that a type has a role, and with it all types that it consists of. */
    void note(Type type, Role role) {
        if (type instanceof ParameterizedType generic) {
            generic.arguments().forEach(argument -> note(argument, role));
            return;
        }
        ClassInfo found = index.getClassByName(type.name());
        if (found != null
                && found.isRecord()
                && roles.computeIfAbsent(found.name(), any -> EnumSet.noneOf(Role.class))
                        .add(role)) {
            fields.of(found).values().forEach(field -> note(field.type(), role));
        }
    }

    /**
     * The name of the schema of a type in one of its roles.
     *
     * @throws IllegalStateException when two types have the same name
     */
    String of(ClassInfo type, Role role) {
        String name = Names.ofSchema(type);
        Set<Role> all = roles.getOrDefault(type.name(), Set.of());
        if (all.size() > 1 && (all.contains(Role.PATCH) || differs(type))) {
            name = role.prefix + name.replaceAll("Fields$", "");
        }
        DotName owner = owners.putIfAbsent(name, type.name());
        if (owner != null && !owner.equals(type.name())) {
            throw new IllegalStateException(owner + " and " + type.name() + " are both the schema " + name
                    + ": give one another @Schema(name)");
        }
        return name;
    }

    /** Whether it is not the same in requests and in responses. */
    private boolean differs(ClassInfo type) {
        return fields.of(type).values().stream().anyMatch(this::differs);
    }

    private boolean differs(Field field) {
        ClassInfo nested = index.getClassByName(field.type().name());
        return field.nullable()
                || field.required() == field.optional()
                || nested != null && nested.isRecord() && differs(nested);
    }
}
