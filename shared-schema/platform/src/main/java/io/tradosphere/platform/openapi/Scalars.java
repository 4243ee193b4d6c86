package io.tradosphere.platform.openapi;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;

/** Schemas of values that are no objects: ids, instants, decimals, and texts with an ECMA 262 pattern. */
final class Scalars {

    private static final Map<DotName, String> FORMATS = Map.of(
            DotName.createSimple("java.util.UUID"), "uuid",
            DotName.createSimple("java.time.Instant"), "date-time",
            DotName.createSimple("java.time.LocalDate"), "date",
            DotName.createSimple("java.time.Duration"), "duration",
            DotName.createSimple("java.net.URI"), "uri-reference");

    /** A pattern that only lists words. */
    private static final Pattern WORDS = Pattern.compile("\\w+(\\|\\w+)*");

    private static final Pattern FLAGS = Pattern.compile("^\\(\\?([a-zA-Z]+)\\)");
    private static final Pattern UNESCAPED_DOT = Pattern.compile("(?<!\\\\)\\.");

    private Scalars() {}

    /** The schema of a type without a name of its own; without a type when it may be anything. */
    static Schema of(DotName type) {
        String format = FORMATS.get(type);
        if (format != null) {
            return text().format(format);
        }
        return switch (type.toString()) {
            case "java.lang.String" -> text();
            case "boolean", "java.lang.Boolean" -> OASFactory.createSchema().addType(SchemaType.BOOLEAN);
            case "int", "java.lang.Integer" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32");
            case "long", "java.lang.Long" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
            case "double", "java.lang.Double", "java.math.BigDecimal" ->
                OASFactory.createSchema().addType(SchemaType.NUMBER);
            default -> OASFactory.createSchema().addType(SchemaType.OBJECT);
        };
    }

    static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    static Schema reference(String component) {
        return OASFactory.createSchema().ref("#/components/schemas/" + component);
    }

    /** Adds a Java pattern as ECMA 262 and anchored, or as an enum when it only lists words. */
    static void addPattern(Schema schema, String java) {
        if (WORDS.matcher(java).matches()) {
            schema.setEnumeration(Arrays.asList((Object[]) java.split("\\|", -1)));
        } else if (schema.getPattern() == null) {
            schema.setPattern(ecma(java));
        }
    }

    /** The same pattern for all of a text, without Java's flags and classes. */
    static String ecma(String java) {
        if (java.startsWith("^") && java.endsWith("$")) {
            return java;
        }
        if (java.equals("\\S")) {
            return "^[\\s\\S]*\\S[\\s\\S]*$";
        }
        Matcher flags = FLAGS.matcher(java);
        String body = java;
        if (flags.find()) {
            body = java.substring(flags.end());
            if (flags.group(1).contains("s")) {
                body = UNESCAPED_DOT.matcher(body).replaceAll(Matcher.quoteReplacement("[\\s\\S]"));
            }
        }
        body = body.replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f")
                .replace("\\p{Cc}", "\\x00-\\x1f\\x7f-\\x9f")
                .replace("\\p{Cf}", "");
        return "^" + (body.contains("|") ? "(?:" + body + ")" : body) + "$";
    }

    /** The named schema of a decimal. */
    static Schema decimal(AnnotationInstance text) {
        int integer = text.value("integer").asInt();
        int fraction = text.value("fraction").asInt();
        boolean signed = text.value("signed") != null && text.value("signed").asBoolean();
        return text().pattern("^" + (signed ? "-?" : "") + "[0-9]{1," + integer + "}(\\.[0-9]{1," + fraction + "})?$")
                .description(
                        "%s: a decimal number in plain digits%s, with at most %d digits before the point and %d after it."
                                .formatted(
                                        text.value("about").asString(),
                                        signed ? ", negative ones with a minus sign" : "",
                                        integer,
                                        fraction));
    }
}
