package io.tradosphere.signal.list;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.RowLimit;
import io.tradosphere.signal.view.SignalStatus;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads signal lists, newest first. Every page reads a few index ranges, even if few signals match: by creator, symbol,
 * status or time alone, or by kind.
 */
@ApplicationScoped
class SignalLists {

    private static final String BEFORE = "(s.posted_at, s.id) < ($1, $2)";
    private static final String ORDER = " ORDER BY s.posted_at DESC, s.id DESC ";

    @IncompleteSql
    private static final String LATEST = "SELECT " + SignalView.COLUMNS + " FROM " + SignalView.TABLES
            + " WHERE s.is_public AND " + BEFORE + "%s" + ORDER + "LIMIT " + RowLimit.ROWS;

    private static final String ALL = LATEST.formatted("");
    private static final String BY_STATUS = LATEST.formatted(" AND s.status = $3");
    private static final String BY_SYMBOL = LATEST.formatted(" AND s.asset_symbol = $3");
    private static final String CREATOR = " AND s.creator_id = $3";
    /** The signals of one creator are few enough to be scanned. */
    private static final String CREATOR_AND_KIND = CREATOR + """
             AND s.asset_type = ANY ($4) AND s.direction = ANY ($5) AND s.status = ANY ($6)
              AND ($7::text IS NULL OR s.asset_symbol = $7)
            """;

    /**
     * A creator's signals as the caller may read them: the public ones, and those for subscribers. These are not even looked for
     * unless the caller may read them.
     */
    @IncompleteSql
    private static final String LATEST_OF_CREATOR =
            "SELECT " + SignalView.COLUMNS + """
             FROM (
              (SELECT s.posted_at, s.id FROM signals s WHERE s.is_public AND %1$s ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows)
              UNION ALL
              (SELECT s.posted_at, s.id FROM signals s WHERE NOT s.is_public AND may_read($3, (SELECT auth.uid())) AND %1$s
               ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows)
              ORDER BY posted_at DESC, id DESC LIMIT :rows
            ) AS page JOIN signals s ON s.id = page.id
            """ + SignalView.JOIN_CREATOR + ORDER;

    private static final String BY_CREATOR = LATEST.formatted(CREATOR);
    private static final String OWN_BY_CREATOR = LATEST_OF_CREATOR.formatted(BEFORE + CREATOR);
    private static final String BY_CREATOR_AND_KIND = LATEST.formatted(CREATOR_AND_KIND);
    private static final String OWN_BY_CREATOR_AND_KIND = LATEST_OF_CREATOR.formatted(BEFORE + CREATOR_AND_KIND);
    private static final CreatorList OF_CREATOR = new CreatorList(BY_CREATOR, OWN_BY_CREATOR);
    private static final CreatorList OF_CREATOR_AND_KIND =
            new CreatorList(BY_CREATOR_AND_KIND, OWN_BY_CREATOR_AND_KIND);

    /** Reads the newest of each requested kind, and merges them. So rare kinds need no scan over the others. */
    @IncompleteSql
    private static final String LATEST_OF_KINDS =
            "SELECT " + SignalView.COLUMNS + """
             FROM (
              SELECT latest.id FROM unnest($3::text[]) AS kind_of_asset, unnest($4::text[]) AS way, unnest($5::text[]) AS state
              CROSS JOIN LATERAL (
                SELECT s.posted_at, s.id FROM signals s
                WHERE s.is_public AND s.asset_type = kind_of_asset AND s.direction = way AND s.status = state AND (s.posted_at, s.id) < ($1, $2)
                  %s
                ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows
              ) AS latest
              ORDER BY latest.posted_at DESC, latest.id DESC LIMIT :rows
            ) AS page JOIN signals s ON s.id = page.id
            """ + SignalView.JOIN_CREATOR + ORDER;

    private static final String BY_KIND = LATEST_OF_KINDS.formatted("");
    private static final String BY_SYMBOL_AND_KIND = LATEST_OF_KINDS.formatted("AND s.asset_symbol = $6");

    private final SliceDatabase slice;

    SignalLists(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * The lists of a creator's signals.
     *
     * @param shared the same for every caller
     * @param own as the caller may read them
     */
    private record CreatorList(String shared, String own) {}

    /** A page of the public signals that match the filter. It is the same for every caller. */
    Uni<Page<SignalView>> list(SignalFilter filter, PageRequest page) {
        return list(Optional.empty(), filter, page);
    }

    /** A page of the signals that match the filter. Only a list of one creator has signals that are not public. */
    Uni<Page<SignalView>> list(Optional<Caller> caller, SignalFilter filter, PageRequest page) {
        String[] types = only(filter.assetType(), SignalFilter.ASSET_TYPES);
        String[] directions = only(filter.direction(), SignalFilter.DIRECTIONS);
        String[] statuses = only(filter.status(), SignalStatus.ALL);
        boolean byKind = filter.assetType() != null || filter.direction() != null;
        if (filter.creator() != null) {
            return byKind || filter.status() != null || filter.assetSymbol() != null
                    ? read(
                            caller,
                            OF_CREATOR_AND_KIND,
                            page,
                            filter.creator(),
                            types,
                            directions,
                            statuses,
                            filter.assetSymbol())
                    : read(caller, OF_CREATOR, page, filter.creator());
        }
        if (filter.assetSymbol() != null) {
            return byKind || filter.status() != null
                    ? read(BY_SYMBOL_AND_KIND, page, types, directions, statuses, filter.assetSymbol())
                    : read(BY_SYMBOL, page, filter.assetSymbol());
        }
        if (byKind) {
            return read(BY_KIND, page, types, directions, statuses);
        }
        return filter.status() != null ? read(BY_STATUS, page, filter.status()) : read(ALL, page);
    }

    private Uni<Page<SignalView>> read(Optional<Caller> caller, CreatorList list, PageRequest page, Object... filters) {
        return caller.map(reader ->
                        page(slice.read(reader, RowLimit.in(list.own(), page), arguments(page, filters)), page))
                .orElseGet(() -> read(list.shared(), page, filters));
    }

    private Uni<Page<SignalView>> read(String list, PageRequest page, Object... filters) {
        return page(slice.publicRead(RowLimit.in(list, page), arguments(page, filters)), page);
    }

    private static Object[] arguments(PageRequest page, Object... filters) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return Stream.concat(Stream.of(from.key(), from.id()), Stream.of(filters))
                .toArray();
    }

    private static Uni<Page<SignalView>> page(Uni<RowSet<Row>> found, PageRequest page) {
        return found.map(
                rows -> page.page(Rows.list(rows, SignalView::of), last -> Cursor.after(last.postedAt(), last.id())));
    }

    private static String[] only(String wanted, List<String> all) {
        return wanted == null ? all.toArray(String[]::new) : new String[] {wanted};
    }
}
