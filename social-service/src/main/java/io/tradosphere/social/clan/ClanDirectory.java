package io.tradosphere.social.clan;

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
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Reads clans and their members. */
@ApplicationScoped
class ClanDirectory {

    private static final int MAX_PREFIX_LENGTH = 50;

    private static final String BY_ID = "SELECT " + ClanState.COLUMNS + " FROM clans WHERE id = $1";
    private static final String NEWEST = "SELECT " + ClanState.COLUMNS + """
             FROM clans
            WHERE (created_at, id) < ($1, $2)
            ORDER BY created_at DESC, id DESC LIMIT $3
            """;
    /** The prefix as a range. Unlike LIKE, a range uses the index under any cached plan. */
    private static final String BY_NAME = "SELECT folded_name, " + ClanState.COLUMNS + """
             FROM clans
            WHERE folded_name >= casefold($1::text COLLATE pg_unicode_fast)
              AND folded_name < casefold($1::text COLLATE pg_unicode_fast) || chr(1114111)
              AND folded_name > $2
            ORDER BY folded_name LIMIT $3
            """;

    private static final String MEMBERS = "SELECT " + MemberView.COLUMNS + """
             FROM clan_members m JOIN profiles p ON p.id = m.user_id
            WHERE m.clan_id = $1
              AND (m.joined_at, m.user_id) > ($2, $3)
            ORDER BY m.joined_at, m.user_id LIMIT $4
            """;

    private final SliceDatabase slice;

    ClanDirectory(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * One clan.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<ClanState> find(UUID clan) {
        return slice.publicRead(BY_ID, clan)
                .map(rows -> Rows.first(rows, ClanState::of).orElseThrow(ClanState::unknown));
    }

    /**
     * Clans, newest first; with a prefix, clans whose name begins with it, in any case, in the order of their names.
     *
     * @param prefix null or empty for all
     */
    Uni<Page<ClanView>> list(String prefix, PageRequest page) {
        return prefix == null || prefix.isEmpty() ? newest(page) : byName(prefix, page);
    }

    /**
     * The members of a clan, in the order in which they joined.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<MemberView>> members(UUID clan, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.oldestFirst(page);
        return find(clan)
                .chain(() -> slice.publicRead(MEMBERS, clan, from.key(), from.id(), page.rows()))
                .map(rows -> page.page(
                        Rows.list(rows, MemberView::of),
                        last -> Cursor.after(last.joinedAt(), last.person().profileId())));
    }

    private Uni<Page<ClanView>> newest(PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(NEWEST, from.key(), from.id(), page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, ClanView::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    private Uni<Page<ClanView>> byName(String prefix, PageRequest page) {
        if (prefix.length() > MAX_PREFIX_LENGTH || prefix.indexOf('\0') >= 0) {
            String message = "has at most " + MAX_PREFIX_LENGTH + " characters";
            throw ProblemKind.INVALID_REQUEST.because("q " + message + ".", List.of(new Violation("q", message)));
        }
        String after = page.after(1).map(cursor -> cursor.text(0)).orElse("");
        return slice.publicRead(BY_NAME, prefix, after, page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, row -> new Named(row.getString("folded_name"), ClanView.of(row))),
                        last -> Cursor.after(last.foldedName)))
                .map(named -> new Page<>(named.items().stream().map(Named::clan).toList(), named.nextCursor()));
    }

    private record Named(String foldedName, ClanView clan) {}
}
