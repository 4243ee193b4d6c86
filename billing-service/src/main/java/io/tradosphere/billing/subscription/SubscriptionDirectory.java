package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads subscriptions. Policies show a subscription to its two parties alone. */
@ApplicationScoped
class SubscriptionDirectory {

    @IncompleteSql
    private static final String LIST = "SELECT " + SubscriptionView.COLUMNS + """
            FROM subscriptions
            WHERE %s = $1 AND ($2::text IS NULL OR status = $2) AND (created_at, id) < ($3, $4)
            ORDER BY created_at DESC, id DESC LIMIT $5
            """;

    private static final String LIST_AS_SUBSCRIBER = LIST.formatted("subscriber_id");
    private static final String LIST_AS_CREATOR = LIST.formatted("creator_id");
    private static final String FIND = "SELECT " + SubscriptionView.COLUMNS + " FROM subscriptions WHERE id = $1";
    private static final String ACCESS = """
            SELECT access_until, access_until > now() AS access FROM subscriptions
            WHERE subscriber_id = $1 AND creator_id = $2
            """;

    private final SliceDatabase slice;
    private final Profiles profiles;

    SubscriptionDirectory(SliceDatabase slice, Profiles profiles) {
        this.slice = slice;
        this.profiles = profiles;
    }

    /** The caller's subscriptions, newest first. */
    Uni<Page<SubscriptionView>> list(Caller caller, SubscriptionFilter filter, PageRequest page) {
        Keyset<OffsetDateTime> after = Keyset.newestFirst(page);
        return slice.read(
                        caller,
                        filter.asCreator() ? LIST_AS_CREATOR : LIST_AS_SUBSCRIBER,
                        caller.id(),
                        filter.status(),
                        after.key(),
                        after.id(),
                        page.rows())
                .map(rows -> Rows.list(rows, SubscriptionView::of))
                .map(found -> page.page(found, last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * A subscription of the caller's.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<SubscriptionView> find(Caller caller, UUID id) {
        return slice.read(caller, FIND, id)
                .map(rows -> Rows.first(rows, SubscriptionView::of).orElseThrow(SubscriptionDirectory::notFound));
    }

    /**
     * Whether the caller may see what a creator makes for subscribers. Creators see their own.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<AccessView> access(Caller caller, UUID creator) {
        if (caller.id().equals(creator)) {
            return profiles.require(creator).replaceWith(new AccessView(true, null));
        }
        return slice.read(caller, ACCESS, caller.id(), creator)
                .map(rows -> Rows.first(
                        rows, row -> new AccessView(row.getBoolean("access"), Rows.instant(row, "access_until"))))
                .chain(found -> found.map(access -> Uni.createFrom().item(access))
                        .orElseGet(() -> profiles.require(creator).replaceWith(new AccessView(false, (Instant) null))));
    }

    /** The problem of a subscription that does not exist, or is not the caller's. */
    static Problem notFound() {
        return ProblemKind.NOT_FOUND.because("The caller has no subscription with this id.");
    }
}
