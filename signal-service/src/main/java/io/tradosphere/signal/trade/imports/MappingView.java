package io.tradosphere.signal.trade.imports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A mapping and its name.
 *
 * @param name the name, unique among the caller's mappings
 * @param mapping which column is what
 */
@Schema(name = "NamedMapping")
record MappingView(
        @JsonIgnore UUID id, String name, @JsonUnwrapped Mapping mapping) {

    /** The columns of a view. */
    static final String COLUMNS = "id, name, fields, titles, constants, decimal_mark, date_order, negative_fees";

    /** A row of {@link #COLUMNS}. */
    static MappingView of(Row row) {
        String[] fields = row.getArrayOfStrings("fields");
        String[] titles = row.getArrayOfStrings("titles");
        String[] constants = row.getArrayOfStrings("constants");
        List<MappedField> mapped = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            mapped.add(new MappedField(fields[i], titles[i], constants[i]));
        }
        return new MappingView(
                row.getUUID("id"),
                row.getString("name"),
                new Mapping(
                        mapped,
                        row.getString("decimal_mark"),
                        row.getString("date_order"),
                        row.getBoolean("negative_fees")));
    }
}
