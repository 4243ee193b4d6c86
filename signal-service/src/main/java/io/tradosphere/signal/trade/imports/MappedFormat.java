package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The format of files that a user has described by a mapping. */
final class MappedFormat implements TripFormat {

    private final String name;
    private final Mapping mapping;
    private final OwnFormat own;

    /** @param name the name of the mapping */
    MappedFormat(String name, Mapping mapping) {
        this.name = name;
        this.mapping = mapping;
        this.own = new OwnFormat(Boolean.TRUE.equals(mapping.negativeFees()));
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public List<String> header() {
        return mapping.fields().stream()
                .map(MappedField::column)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Optional<Columns> recognised(Columns columns) {
        if (!columns.have(header()) || !columns.haveOnce(header())) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        // A column that is called like a field is not that field unless the mapping says so.
        TradeFile.COLUMNS.forEach(field -> fields.put(Columns.plain(field), "unmapped " + field));
        mapping.fields().stream()
                .filter(field -> field.column() != null)
                .forEach(field -> fields.put(Columns.plain(field.column()), Columns.plain(field.field())));
        return Optional.of(columns.translated(fields));
    }

    @Override
    public List<Column> numbers() {
        return own.numbers();
    }

    @Override
    public List<Column> times() {
        return own.times();
    }

    @Override
    public DateOrder usualDates() {
        if (mapping.dateOrder() == null) {
            return null;
        }
        return mapping.dateOrder().equals("day-first") ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
    }

    @Override
    public DecimalMark decimalMark() {
        if (mapping.decimalMark() == null) {
            return null;
        }
        return mapping.decimalMark().equals("dot") ? DecimalMark.DOT : DecimalMark.COMMA;
    }

    @Override
    public Optional<ReadTrade> read(Line line) {
        return own.read(line);
    }

    @Override
    public Map<String, String> constants() {
        Map<String, String> constants = new HashMap<>();
        mapping.fields().stream()
                .filter(field -> field.value() != null)
                .forEach(field -> constants.put(Columns.plain(field.field()), field.value()));
        return constants;
    }
}
