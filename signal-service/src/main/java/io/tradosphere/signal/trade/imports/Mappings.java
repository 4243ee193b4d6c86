package io.tradosphere.signal.trade.imports;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Keeps the caller's mappings of columns. */
@ApplicationScoped
class Mappings {

    private static final int AT_MOST = 100;
    private static final Pattern NAME = Pattern.compile("(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)");

    /** Serialises the changes of one person, whose mappings are counted. */
    private static final String LOCK = "SELECT FROM auth.lock('mappings:' || $1)";

    private static final String COUNT =
            "SELECT count(*) AS others FROM trade_mappings WHERE user_id = $1 AND name <> $2";

    private static final String PUT = """
            INSERT INTO trade_mappings (user_id, name, fields, titles, constants, decimal_mark, date_order, negative_fees)
            SELECT id, $2, $3::text[], $4::text[], $5::text[], $6, $7, $8 FROM profiles WHERE id = $1
            ON CONFLICT (user_id, name) DO UPDATE SET fields = excluded.fields, titles = excluded.titles,
              constants = excluded.constants, decimal_mark = excluded.decimal_mark, date_order = excluded.date_order,
              negative_fees = excluded.negative_fees
            """;
    private static final String OWN = "SELECT " + MappingView.COLUMNS
            + " FROM trade_mappings WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    private static final String FIND =
            "SELECT " + MappingView.COLUMNS + " FROM trade_mappings WHERE user_id = $1 AND name = $2";
    private static final String DELETE = "DELETE FROM trade_mappings WHERE user_id = $1 AND name = $2";

    private final SliceDatabase slice;

    Mappings(SliceDatabase slice) {
        this.slice = slice;
    }

    /** A page of the caller's mappings, newest first. */
    Uni<Page<MappingView>> list(Caller caller, PageRequest page) {
        return slice.read(caller, OWN, caller.id(), Keyset.newestIdFirst(page), page.rows())
                .map(rows -> page.page(Rows.list(rows, MappingView::of), last -> Cursor.after(last.id())));
    }

    /**
     * Sets a mapping.
     *
     * @throws Problem {@code invalid-request} (400), {@code profile-required} (403), {@code limit-reached} (409)
     */
    Uni<Void> put(Caller caller, String name, Mapping mapping) {
        requireName(name);
        Mapping checked = mapping.checked();
        return slice.write(
                caller,
                tx -> tx.execute(LOCK, caller.id().toString())
                        .chain(() -> tx.execute(COUNT, caller.id(), name))
                        .invoke(rows -> {
                            if (rows.iterator().next().getLong("others") >= AT_MOST) {
                                throw ProblemKind.LIMIT_REACHED.because(
                                        "A profile has at most " + AT_MOST + " mappings.");
                            }
                        })
                        .chain(() -> tx.execute(
                                PUT,
                                caller.id(),
                                name,
                                texts(checked, MappedField::field),
                                texts(checked, MappedField::column),
                                texts(checked, MappedField::value),
                                checked.decimalMark(),
                                checked.dateOrder(),
                                Boolean.TRUE.equals(checked.negativeFees())))
                        .invoke(rows -> {
                            if (rows.rowCount() == 0) {
                                throw Refusals.noProfile();
                            }
                        })
                        .replaceWithVoid());
    }

    /**
     * The format that a mapping describes.
     *
     * @throws Problem {@code invalid-request} (400) when the caller has no such mapping
     */
    Uni<MappedFormat> format(Caller caller, String name) {
        return slice.read(caller, FIND, caller.id(), name)
                .map(rows -> Rows.first(rows, MappingView::of)
                        .map(found -> new MappedFormat(found.name(), found.mapping()))
                        .orElseThrow(() -> ProblemKind.INVALID_REQUEST.because(
                                "The caller has no mapping of this name.",
                                List.of(new Violation("mapping", "is the name of a mapping of the caller's")))));
    }

    /** Deletes a mapping; without one, nothing changes. */
    Uni<Void> delete(Caller caller, String name) {
        requireName(name);
        return slice.write(caller, tx -> tx.execute(DELETE, caller.id(), name).replaceWithVoid());
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            String message = "has 1 to 100 characters, none of them control characters, no space around them";
            throw ProblemKind.INVALID_REQUEST.because("name " + message + ".", List.of(new Violation("name", message)));
        }
    }

    private static String[] texts(Mapping mapping, Function<MappedField, String> text) {
        return mapping.fields().stream().map(text).toArray(String[]::new);
    }
}
