package io.tradosphere.social.suggestion;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileSummary;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Suggests profiles followed by the profiles the caller follows, most shared first. */
@ApplicationScoped
class Suggestions {

    private static final SqlFile SQL = SqlFile.of(Suggestions.class);

    /**
     * Bound on the latest follows of the caller, and on the latest follows of each of those. At most the product of
     * both is counted.
     */
    private static final int LATEST_FOLLOWS = 100;

    /** NOT IN rather than NOT EXISTS: it is one hash table, whatever the planner estimates for the CTEs before it. */
    private static final String SUGGEST = SQL.get("suggest", Map.of("columns", ProfileSummary.COLUMNS));

    private final SliceDatabase slice;

    Suggestions(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Profiles suggested to the caller. It reads as the caller, because blocks are visible only to the two profiles
     * concerned.
     */
    Uni<Page<Suggestion>> list(Caller caller, PageRequest page) {
        Keyset<Long> from = Keyset.highestFirst(page);
        return slice.read(caller, SUGGEST, caller.id(), LATEST_FOLLOWS, from.key(), from.id(), page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, Suggestion::of),
                        last -> Cursor.after(last.shared(), last.person().profileId())));
    }
}
