package io.tradosphere.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.openapi.SchemaNames.Role;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private SchemaNames names;
    private Schemas schemas;

    /**
     * Something to sell.
     *
     * @param id the id of the offer
     * @param price what it costs
     * @param note a remark; null for none
     */
    record Offer(
            UUID id,
            @NotNull @Amount String price,
            @Nullable String note) {

        boolean isCheap() {
            return price.length() < 3;
        }
    }

    /** An offer with what it is seen by. */
    record ShownOffer(
            @JsonUnwrapped Offer offer,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean own) {}

    /** A wrapper, so that a second type has the same name. */
    static final class Other {
        record Offer(String name) {}
    }

    @BeforeEach
    void an_index_of_some_records() throws IOException {
        IndexView index = Index.of(Offer.class, ShownOffer.class, Other.Offer.class, Amount.class);
        RecordFields fields = new RecordFields(index);
        names = new SchemaNames(index, fields);
        schemas = new Schemas(index, new JavadocTexts(), fields, names);
    }

    @Test
    void a_record_that_is_created_edited_and_shown_has_a_schema_for_each() {
        // Given
        names.note(type(Offer.class), Role.REQUEST);
        names.note(type(Offer.class), Role.PATCH);
        names.note(type(Offer.class), Role.RESPONSE);

        // When
        for (Role role : Role.values()) {
            schemas.of(type(Offer.class), role);
        }

        // Then
        assertThat(schemas.components()).containsOnlyKeys("Amount", "EditableOffer", "NewOffer", "Offer");
        assertThat(schemas.components().get("Offer").getRequired()).containsExactly("id", "price", "note");
        assertThat(schemas.components().get("NewOffer").getRequired()).containsExactly("price");
        assertThat(schemas.components().get("EditableOffer").getRequired()).isNull();
        assertThat(note("Offer").getType()).contains(SchemaType.NULL);
        assertThat(note("NewOffer").getType()).doesNotContain(SchemaType.NULL);
        assertThat(note("EditableOffer").getType()).contains(SchemaType.NULL);
    }

    @Test
    void fields_are_the_components_of_the_record_and_of_those_unwrapped_in_it() {
        // When
        schemas.of(type(ShownOffer.class), Role.RESPONSE);

        // Then
        Schema shown = schemas.components().get("ShownOffer");
        assertThat(shown.getProperties()).containsOnlyKeys("id", "price", "note", "own");
        assertThat(shown.getRequired()).containsExactly("id", "price", "note");
        assertThat(shown.getProperties().get("id").getFormat()).isEqualTo("uuid");
        assertThat(shown.getProperties().get("price").getRef()).endsWith("/Amount");
        assertThat(shown.getProperties().get("price").getDescription()).isEqualTo("What it costs.");
    }

    @Test
    void two_records_of_the_same_name_are_refused() {
        // Given
        schemas.of(type(Offer.class), Role.RESPONSE);

        // Then
        assertThatThrownBy(() -> schemas.of(type(Other.Offer.class), Role.RESPONSE))
                .hasMessageContaining("are both the schema Offer");
    }

    private Schema note(String schema) {
        return schemas.components().get(schema).getProperties().get("note");
    }

    private static Type type(Class<?> type) {
        return ClassType.create(type);
    }
}
