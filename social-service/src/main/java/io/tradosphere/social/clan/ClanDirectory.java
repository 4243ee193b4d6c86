package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which clans there are, and who is in them: the reads. */
@ApplicationScoped
class ClanDirectory {

    private static final int LONGEST_PREFIX = 50;

    private static final String BY_ID = "SELECT " + ClanState.COLUMNS + " FROM clans WHERE id = $1";
    private static final String NEWEST = "SELECT " + ClanState.COLUMNS + """
             FROM clans
            WHERE (created_at, id)
              < (coalesce($1, 'infinity'::timestamptz), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY created_at DESC, id DESC LIMIT $3
            """;
    /** The prefix as a range, which unlike LIKE is one for the index whatever plan is cached. */
    private static final String BY_NAME = "SELECT folded_name, " + ClanState.COLUMNS + """
             FROM clans
            WHERE folded_name >= casefold($1::text COLLATE pg_unicode_fast)
              AND folded_name < casefold($1::text COLLATE pg_unicode_fast) || chr(1114111)
              AND folded_name > coalesce($2::text, '')
            ORDER BY folded_name LIMIT $3
            """;

    private static final String MEMBERS = "SELECT " + MemberView.COLUMNS + """
             FROM clan_members m JOIN profiles p ON p.id = m.user_id
            WHERE m.clan_id = $1
              AND (m.joined_at, m.user_id)
                > (coalesce($2, '-infinity'::timestamptz), coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid))
            ORDER BY m.joined_at, m.user_id LIMIT $4
            """;

    private final Slice slice;

    ClanDirectory(Slice slice) {
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
     * Clans, newest first; those whose name begins so, in whatever case, in the order of their names.
     *
     * @param prefix null or empty for all
     */
    Uni<Page<ClanView>> list(String prefix, PageRequest page) {
        return prefix == null || prefix.isEmpty() ? newest(page) : byName(prefix, page);
    }

    /**
     * Who belongs to a clan, in the order in which they joined.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<MemberView>> members(UUID clan, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return find(clan)
                .chain(() -> slice.publicRead(
                        MEMBERS,
                        clan,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows()))
                .map(rows -> page.page(
                        Rows.list(rows, MemberView::of),
                        last -> Cursor.after(last.joinedAt(), last.person().profileId())));
    }

    private Uni<Page<ClanView>> newest(PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        NEWEST,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, ClanView::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    private Uni<Page<ClanView>> byName(String prefix, PageRequest page) {
        if (prefix.length() > LONGEST_PREFIX || prefix.indexOf('\0') >= 0) {
            String message = "has at most " + LONGEST_PREFIX + " characters";
            throw Problems.INVALID_REQUEST.because("q " + message + ".", List.of(new Violation("q", message)));
        }
        String after = page.after(1).map(cursor -> cursor.text(0)).orElse(null);
        return slice.publicRead(BY_NAME, prefix, after, page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, row -> new Named(row.getString("folded_name"), ClanView.of(row))),
                        last -> Cursor.after(last.foldedName)))
                .map(named -> new Page<>(named.items().stream().map(Named::clan).toList(), named.nextCursor()));
    }

    private record Named(String foldedName, ClanView clan) {}
}
