package io.tradosphere.test.compatibility;

import static io.tradosphere.test.compatibility.BreakKind.*;
import static io.tradosphere.test.compatibility.ChangedDocument.CREATE;
import static io.tradosphere.test.compatibility.ChangedDocument.DELETE;
import static io.tradosphere.test.compatibility.ChangedDocument.LIST;
import static io.tradosphere.test.compatibility.ChangedDocument.SCHEMAS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApiComparisonTest {

    private static final String NEW = SCHEMAS + "/NewNote";
    private static final String NOTE = SCHEMAS + "/Note";
    private static final String LIST_200 = LIST + "/responses/200";

    static Stream<Arguments> breakingChanges() {
        return Stream.of(
                change("a path removed", OPERATION_REMOVED, d -> d.remove("/paths/~1v1~1notes~1{id}")),
                change("an operation removed", OPERATION_REMOVED, d -> d.remove(DELETE)),
                change(
                        "an operation with another id",
                        OPERATION_RENAMED,
                        d -> d.set(DELETE + "/operationId", "'drop'")),
                change("credentials for a public call", SECURITY_TIGHTENED, d -> d.remove(LIST + "/security/0")),
                change("a scope more", SECURITY_TIGHTENED, d -> d.set("/security", "[{'bearer':['notes']}]")),
                change(
                        "another kind of credentials",
                        SECURITY_SCHEME_CHANGED,
                        d -> d.set("/components/securitySchemes/bearer/scheme", "'basic'")),
                change("a parameter removed", PARAMETER_REMOVED, d -> d.remove(LIST + "/parameters/1")),
                change(
                        "a new parameter that is required",
                        PARAMETER_REQUIRED,
                        d -> d.set(LIST + "/parameters/2", "{'name':'q','in':'query','required':true,'schema':{}}")),
                change(
                        "a parameter that becomes required",
                        PARAMETER_REQUIRED,
                        d -> d.set(LIST + "/parameters/0/required", "true")),
                change(
                        "a list sent in another way",
                        PARAMETER_SERIALISED_OTHERWISE,
                        d -> d.remove(LIST + "/parameters/1/explode")),
                change("a body no longer taken", BODY_REMOVED, d -> d.remove(CREATE + "/requestBody")),
                change("a body now required", BODY_REQUIRED, d -> d.set(CREATE + "/requestBody/required", "true")),
                change(
                        "a new body that is required",
                        BODY_REQUIRED,
                        d -> d.set(DELETE + "/requestBody", "{'required':true,'content':{}}")),
                change(
                        "a media type no longer taken",
                        REQUEST_MEDIA_TYPE_REMOVED,
                        d -> d.remove(CREATE + "/requestBody/content/text~1plain")),
                change(
                        "a media type no longer sent",
                        RESPONSE_MEDIA_TYPE_REMOVED,
                        d -> d.remove(LIST_200 + "/content/text~1csv")),
                change("a status removed", STATUS_REMOVED, d -> d.remove(LIST + "/responses/400")),
                change(
                        "another status of success",
                        SUCCESS_STATUS_ADDED,
                        d -> d.set(CREATE + "/responses/202", "{'description':'Later'}")),
                change("a header removed", RESPONSE_HEADER_REMOVED, d -> d.remove(LIST_200 + "/headers/Link")),
                change(
                        "a header that may be absent",
                        RESPONSE_HEADER_REMOVED,
                        d -> d.set(LIST_200 + "/headers/Link/required", "false")),
                change(
                        "a header of another type",
                        TYPE_CHANGED,
                        d -> d.set(LIST_200 + "/headers/Link/schema/type", "'integer'")),
                change("a field no longer taken", REQUEST_PROPERTY_REMOVED, d -> d.remove(NEW + "/properties/remark")),
                change(
                        "a field that only the service may set",
                        REQUEST_PROPERTY_REMOVED,
                        d -> d.set(NEW + "/properties/remark/readOnly", "true")),
                change(
                        "a field that becomes required",
                        REQUEST_PROPERTY_REQUIRED,
                        d -> d.set(NEW + "/required/1", "'remark'")),
                change(
                        "a new field that is required",
                        REQUEST_PROPERTY_REQUIRED,
                        d -> d.set(NEW + "/properties/tag", "{'type':'string'}").set(NEW + "/required/1", "'tag'")),
                change("a field no longer sent", RESPONSE_PROPERTY_REMOVED, d -> d.remove(NOTE + "/properties/remark")),
                change(
                        "a field deep in a response no longer sent",
                        RESPONSE_PROPERTY_REMOVED,
                        d -> d.remove(SCHEMAS + "/Author/properties/name")),
                change(
                        "a field that only a client may send",
                        RESPONSE_PROPERTY_REMOVED,
                        d -> d.set(NOTE + "/properties/remark/writeOnly", "true")),
                change("a field that may be absent", RESPONSE_PROPERTY_OPTIONAL, d -> d.remove(NOTE + "/required/1")),
                change(
                        "a field sent with another type",
                        TYPE_CHANGED,
                        d -> d.set(NOTE + "/properties/title", "{'type':'integer','maxLength':80}")),
                change(
                        "a field taken with another type",
                        TYPE_CHANGED,
                        d -> d.set(NEW + "/properties/remark/type", "['integer','null']")),
                change(
                        "a list in place of a value",
                        TYPE_CHANGED,
                        d -> d.set(NOTE + "/properties/code", "{'type':'array','items':{'type':'string'}}")),
                change(
                        "items of another type",
                        TYPE_CHANGED,
                        d -> d.set(SCHEMAS + "/NotePage/properties/items/items", "{'type':'string'}")),
                change(
                        "map values of another type",
                        TYPE_CHANGED,
                        d -> d.set(NOTE + "/properties/labels/additionalProperties/type", "'number'")),
                change(
                        "a response that may be null",
                        RESPONSE_MAY_BE_NULL,
                        d -> d.set(NOTE + "/properties/title/type", "['string','null']")),
                change(
                        "a response that may be null as an alternative",
                        RESPONSE_MAY_BE_NULL,
                        d -> d.set(
                                NOTE + "/properties/editor",
                                "{'oneOf':[{'$ref':'#/components/schemas/Author'},{'type':'null'}]}")),
                change(
                        "a response that may be null as of OpenAPI 3.0",
                        RESPONSE_MAY_BE_NULL,
                        d -> d.set(NOTE + "/properties/title/nullable", "true")),
                change(
                        "a field that may no longer be cleared",
                        REQUEST_NO_LONGER_NULL,
                        d -> d.set(NEW + "/properties/remark/type", "'string'")),
                change(
                        "a value no longer taken",
                        REQUEST_ENUM_VALUE_REMOVED,
                        d -> d.set(SCHEMAS + "/Kind/enum", "['plain']")),
                change(
                        "a text narrowed to values",
                        REQUEST_ENUM_VALUE_REMOVED,
                        d -> d.set(NEW + "/properties/remark/enum", "['a', null]")),
                change(
                        "a new value in a response",
                        RESPONSE_ENUM_VALUE_ADDED,
                        d -> d.set(NOTE + "/properties/state/enum", "['open','done','lost']")),
                change(
                        "a response of values that becomes free text",
                        RESPONSE_ENUM_VALUE_ADDED,
                        d -> d.remove(NOTE + "/properties/state/enum")),
                change("another format", FORMAT_CHANGED, d -> d.set(NOTE + "/properties/created/format", "'date'")),
                change("a format dropped", FORMAT_CHANGED, d -> d.remove(NOTE + "/properties/id/format")),
                change(
                        "a parameter with another format",
                        FORMAT_CHANGED,
                        d -> d.remove("/paths/~1v1~1notes~1{id}/parameters/0/schema/format")),
                change(
                        "a pattern for what is taken",
                        PATTERN_CHANGED,
                        d -> d.set(NEW + "/properties/title/pattern", "'^[a-z]*$'")),
                change(
                        "a pattern of what is sent given up",
                        PATTERN_CHANGED,
                        d -> d.remove(NOTE + "/properties/code/pattern")),
                change(
                        "a lower maximum",
                        REQUEST_BOUND_NARROWED,
                        d -> d.set(LIST + "/parameters/0/schema/maximum", "50")),
                change(
                        "a higher minimum",
                        REQUEST_BOUND_NARROWED,
                        d -> d.set(LIST + "/parameters/0/schema/minimum", "2")),
                change(
                        "a minimum that is excluded",
                        REQUEST_BOUND_NARROWED,
                        d -> d.remove(LIST + "/parameters/0/schema/minimum")
                                .set(LIST + "/parameters/0/schema/exclusiveMinimum", "1")),
                change("a shorter text", REQUEST_BOUND_NARROWED, d -> d.set(NEW + "/properties/title/maxLength", "79")),
                change(
                        "a step between numbers",
                        REQUEST_BOUND_NARROWED,
                        d -> d.set(LIST + "/parameters/0/schema/multipleOf", "5")),
                change(
                        "a shorter list",
                        REQUEST_BOUND_NARROWED,
                        d -> d.set(LIST + "/parameters/1/schema/maxItems", "3")),
                change(
                        "a longer text in a response",
                        RESPONSE_BOUND_WIDENED,
                        d -> d.set(NOTE + "/properties/title/maxLength", "81")),
                change("another default", DEFAULT_CHANGED, d -> d.set(LIST + "/parameters/0/schema/default", "50")),
                change(
                        "unknown fields refused",
                        UNKNOWN_PROPERTIES_REFUSED,
                        d -> d.set(NEW + "/additionalProperties", "false")),
                change(
                        "an alternative no longer taken",
                        REQUEST_ALTERNATIVE_REMOVED,
                        d -> d.remove(NEW + "/properties/place/oneOf/0")),
                change(
                        "an alternative more in a response",
                        RESPONSE_ALTERNATIVE_ADDED,
                        d -> d.set(NOTE + "/properties/place/oneOf/2", "{'type':'string'}")),
                change(
                        "an alternative that changes in itself",
                        REQUEST_PROPERTY_REQUIRED,
                        d -> d.set(SCHEMAS + "/Point/required/1", "'y'")),
                change(
                        "another discriminator",
                        DISCRIMINATOR_CHANGED,
                        d -> d.set(NOTE + "/properties/place/discriminator/propertyName", "'kind'")),
                change(
                        "a value of the discriminator removed",
                        DISCRIMINATOR_CHANGED,
                        d -> d.remove(NOTE + "/properties/place/discriminator/mapping/point")),
                change(
                        "a rule that nobody can judge",
                        NOT_COMPARABLE,
                        d -> d.set(NEW + "/dependentRequired", "{'kind':['remark']}")));
    }

    static Stream<Arguments> harmlessChanges() {
        return Stream.of(
                change("nothing", d -> d),
                change("a new operation", d -> d.set("/paths/~1v1~1tags", "{'get':{'operationId':'tags'}}")),
                change("a new optional parameter", d -> d.set(LIST + "/parameters/2", "{'name':'q','in':'query'}")),
                change("a new optional field taken", d -> d.set(NEW + "/properties/tag", "{'type':'string'}")),
                change("a new field sent", d -> d.set(NOTE + "/properties/tag", "{'type':['string','null']}")),
                change("a field always sent", d -> d.set(NOTE + "/required/4", "'remark'")),
                change("a field no longer required", d -> d.remove(NEW + "/required/0")),
                change("a field that may be cleared", d -> d.set(NEW + "/properties/title/type", "['string','null']")),
                change("a response that is never null", d -> d.set(NOTE + "/properties/remark/type", "'string'")),
                change("a value more that is taken", d -> d.set(NEW + "/properties/kind", "{'type':'string'}")),
                change("a value no longer sent", d -> d.set(NOTE + "/properties/state/enum", "['open']")),
                change("a longer text taken", d -> d.set(NEW + "/properties/title/maxLength", "200")),
                change("a shorter text sent", d -> d.set(NOTE + "/properties/title/maxLength", "40")),
                change("a greater maximum", d -> d.set(LIST + "/parameters/0/schema/maximum", "200")),
                change("a pattern no longer demanded", d -> d.remove(NEW + "/properties/title/pattern")),
                change("a whole number where any was taken", d -> d.set(NEW + "/properties/kind", "{}")),
                change("a media type more", d -> d.set(LIST_200 + "/content/text~1html", "{}")),
                change("a header more", d -> d.set(LIST_200 + "/headers/ETag", "{}")),
                change("a status of failure more", d -> d.set(LIST + "/responses/429", "{'description':'Too many'}")),
                change(
                        "a type of problem more",
                        d -> d.set(
                                LIST
                                        + "/responses/400/content/application~1problem+json/schema/allOf/1/properties/type/enum/2",
                                "'invalid-kind'")),
                change("a call that needs no credentials any more", d -> d.set(CREATE + "/security", "[]")),
                change(
                        "credentials of another kind as well",
                        d -> d.set("/security", "[{'bearer':[]},{'key':[]}]")
                                .set("/components/securitySchemes/key", "{'type':'apiKey'}")),
                change(
                        "an alternative more that is taken",
                        d -> d.set(NEW + "/properties/place/oneOf/2", "{'type':'string'}")),
                change(
                        "other words",
                        d -> d.set(NOTE + "/properties/title/description", "'A title'")
                                .set(LIST + "/summary", "'Notes'")
                                .set(NOTE + "/deprecated", "true")),
                change(
                        "a schema in place of a reference",
                        d -> d.set(NOTE + "/properties/kind", "{'type':'string','enum':['secret','plain']}")),
                change(
                        "a reference under another name",
                        d -> d.set(SCHEMAS + "/Sort", "{'type':'string','enum':['plain','secret']}")
                                .set(NOTE + "/properties/kind", "{'allOf':[{'$ref':'#/components/schemas/Sort'}]}")),
                change(
                        "null said in another way",
                        d -> d.set(NOTE + "/properties/remark", "{'anyOf':[{'type':'string'},{'type':'null'}]}")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("breakingChanges")
    void a_breaking_change_is_found_by_its_kind(String name, BreakKind kind, UnaryOperator<ChangedDocument> change) {
        var current = change.apply(new ChangedDocument()).document();

        assertThat(ApiComparison.breaks(ChangedDocument.released(), current))
                .extracting(Break::kind)
                .contains(kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessChanges")
    void a_change_that_clients_survive_passes(String name, UnaryOperator<ChangedDocument> change) {
        var current = change.apply(new ChangedDocument()).document();

        assertThat(ApiComparison.breaks(ChangedDocument.released(), current)).isEmpty();
    }

    @Test
    void every_kind_of_break_has_a_change_that_shows_it() {
        assertThat(breakingChanges().map(change -> change.get()[1])).contains((Object[]) BreakKind.values());
    }

    @Test
    void a_break_names_the_operation_the_place_the_change_and_the_remedy() {
        var current = new ChangedDocument()
                .set(NOTE + "/properties/title/type", "['string','null']")
                .document();

        assertThat(ApiComparison.breaks(ChangedDocument.released(), current))
                .extracting(Break::toString)
                .contains("POST /v1/notes, response 201 application/json: title: the value may now be null."
                        + " Keep sending a value, or add a property with another name.");
    }

    private static Arguments change(String name, BreakKind kind, UnaryOperator<ChangedDocument> change) {
        return Arguments.of(name, kind, change);
    }

    private static Arguments change(String name, UnaryOperator<ChangedDocument> change) {
        return Arguments.of(name, change);
    }
}
