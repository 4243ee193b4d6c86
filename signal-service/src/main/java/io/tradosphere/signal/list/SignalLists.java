package io.tradosphere.signal.list;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.signal.view.NewestFirst;
import io.tradosphere.signal.view.SignalStatus;
import io.tradosphere.signal.view.SignalView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists of signals, newest first. Whatever is asked for, and however little of it there is, a page is a few index ranges: by
 * creator, by symbol, by status or by time alone, or else by kind.
 */
@ApplicationScoped
class SignalLists {

    private static final String BEFORE = "(s.posted_at, s.id) < ($1, $2)";
    private static final String ORDER = " ORDER BY s.posted_at DESC, s.id DESC ";
    private static final String LATEST = "SELECT " + SignalView.COLUMNS + " FROM " + SignalView.TABLES + " WHERE "
            + BEFORE + "%s" + ORDER + "LIMIT " + NewestFirst.ROWS;
    private static final String ALL = LATEST.formatted("");
    private static final String BY_STATUS = LATEST.formatted(" AND s.status = $3");
    private static final String BY_SYMBOL = LATEST.formatted(" AND s.asset_symbol = $3");
    private static final String BY_CREATOR = LATEST.formatted(" AND s.creator_id = $3");
    /** What one person has posted is little enough to look through. */
    private static final String BY_CREATOR_AND_KIND = LATEST.formatted("""
             AND s.creator_id = $3 AND s.asset_type = ANY ($4) AND s.direction = ANY ($5) AND s.status = ANY ($6)
              AND ($7::text IS NULL OR s.asset_symbol = $7)
            """);

    /** The newest of each kind asked for, and of those the newest: a rare kind is not looked for among all the others. */
    private static final String LATEST_OF_KINDS =
            "SELECT " + SignalView.COLUMNS + """
             FROM (
              SELECT latest.id FROM unnest($3::text[]) AS kind_of_asset, unnest($4::text[]) AS way, unnest($5::text[]) AS state
              CROSS JOIN LATERAL (
                SELECT s.posted_at, s.id FROM signals s
                WHERE s.asset_type = kind_of_asset AND s.direction = way AND s.status = state AND (s.posted_at, s.id) < ($1, $2)
                  %s
                ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows
              ) AS latest
              ORDER BY latest.posted_at DESC, latest.id DESC LIMIT :rows
            ) AS page JOIN signals s ON s.id = page.id
            """ + SignalView.JOIN_CREATOR + ORDER;

    private static final String BY_KIND = LATEST_OF_KINDS.formatted("");
    private static final String BY_SYMBOL_AND_KIND = LATEST_OF_KINDS.formatted("AND s.asset_symbol = $6");

    private final Slice slice;

    SignalLists(Slice slice) {
        this.slice = slice;
    }

    /** A page of the signals that the filter lets pass. */
    Uni<Page<SignalView>> list(SignalFilter filter, PageRequest page) {
        String[] types = only(filter.assetType(), SignalFilter.ASSET_TYPES);
        String[] directions = only(filter.direction(), SignalFilter.DIRECTIONS);
        String[] statuses = only(filter.status(), SignalStatus.ALL);
        boolean byKind = filter.assetType() != null || filter.direction() != null;
        if (filter.creator() != null) {
            return byKind || filter.status() != null || filter.assetSymbol() != null
                    ? read(
                            BY_CREATOR_AND_KIND,
                            page,
                            filter.creator(),
                            types,
                            directions,
                            statuses,
                            filter.assetSymbol())
                    : read(BY_CREATOR, page, filter.creator());
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

    private Uni<Page<SignalView>> read(String list, PageRequest page, Object... filters) {
        NewestFirst from = NewestFirst.of(page);
        Object[] arguments = Stream.concat(Stream.of(from.postedBefore(), from.idBefore()), Stream.of(filters))
                .toArray();
        return slice.publicRead(NewestFirst.sized(list, page), arguments)
                .map(rows -> page.page(
                        Rows.list(rows, SignalView::of), last -> NewestFirst.after(last.postedAt(), last.id())));
    }

    private static String[] only(String wanted, List<String> all) {
        return wanted == null ? all.toArray(String[]::new) : new String[] {wanted};
    }
}
