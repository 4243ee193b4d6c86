package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.PersonState;
import io.tradosphere.platform.people.Tiers;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Who there is: the reads. */
@ApplicationScoped
public class Directory {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final String LAST_ID = "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
    private static final String SELECT = "SELECT " + ProfileView.COLUMNS + " FROM " + ProfileView.TABLES;
    private static final String BY_ID = SELECT + " WHERE p.id = $1";
    private static final String BY_USERNAME = SELECT + " WHERE p.username = $1";
    private static final String OWN = "SELECT " + ProfileView.COLUMNS + ", o.stealth_mode FROM " + ProfileView.TABLES
            + " JOIN profile_settings o ON o.profile_id = p.id WHERE p.id = $1";
    private static final String NEWEST = SELECT + """
             WHERE %s AND (p.created_at, p.id) < (coalesce($3, 'infinity'::timestamptz), coalesce($4, %s))
            ORDER BY p.created_at DESC, p.id DESC LIMIT $5
            """;
    private static final String MOST_RECENTLY_ACTIVE = SELECT + """
             WHERE %s AND (v.last_seen, v.profile_id) < (coalesce($3, 'infinity'::timestamptz), coalesce($4, %s))
            ORDER BY v.last_seen DESC, v.profile_id DESC LIMIT $5
            """;
    private static final String MOST_FOLLOWED = "SELECT r.follower_count AS ranked_at, " + ProfileView.COLUMNS + """
            FROM profile_ranking r JOIN profiles p ON p.id = r.profile_id JOIN profile_stats s ON s.profile_id = p.id
              JOIN profile_presence v ON v.profile_id = p.id
            WHERE %s AND (r.follower_count, r.profile_id) < (coalesce($3, 9223372036854775807), coalesce($4, %s))
            ORDER BY r.follower_count DESC, r.profile_id DESC LIMIT $5
            """;
    private static final String STATES = """
            SELECT id, username, display_name, avatar_url, banner_url, bio, trading_style, my_story, my_why, tier, tier_since,
                   incarnation, created_at, version
            FROM profiles WHERE id = ANY($1::uuid[])
            """;

    private final Slice slice;

    Directory(Slice slice) {
        this.slice = slice;
    }

    /**
     * One profile, with the owner's settings when the owner asks.
     *
     * @param idOrUsername an id, or a username in any case
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<ProfileVersion> find(String idOrUsername, Optional<Caller> caller) {
        boolean byId = UUID_FORM.matcher(idOrUsername).matches();
        Uni<RowSet<Row>> found = byId
                ? slice.publicRead(BY_ID, UUID.fromString(idOrUsername))
                : slice.publicRead(BY_USERNAME, idOrUsername.toLowerCase(Locale.ROOT));
        return found.map(rows -> Rows.first(rows, Directory::versioned).orElseThrow(Directory::unknown))
                .chain(shown -> caller.filter(
                                asking -> asking.id().equals(shown.profile().id()))
                        .map(this::own)
                        .orElseGet(() -> Uni.createFrom().item(shown)));
    }

    /**
     * The caller's own profile, settings included.
     *
     * @throws Problem {@code profile-required} (403) when the caller has none
     */
    public Uni<ProfileVersion> own(Caller caller) {
        return slice.read(caller, OWN, caller.id())
                .map(rows -> Rows.first(rows, Directory::versioned).orElseThrow(Directory::noProfile));
    }

    Uni<Page<ProfileView>> list(ProfileFilter filter, PageRequest page) {
        return switch (filter.sort()) {
            case NEWEST -> byTime(NEWEST, filter, page, ProfileView::createdAt);
            case ACTIVE -> byTime(MOST_RECENTLY_ACTIVE, filter, page, ProfileView::lastSeen);
            case FOLLOWERS -> byFollowers(filter, page);
        };
    }

    /** The public state of those who exist among these, for services whose copy lags. */
    Uni<List<PersonState>> states(List<UUID> people) {
        return slice.publicRead(STATES, (Object) people.toArray(UUID[]::new))
                .map(rows -> Rows.list(rows, Directory::state));
    }

    /** The public state in a row of the table {@code profiles}, and its version. */
    public static PersonState state(Row row) {
        ProfileState profile = new ProfileState(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getString("banner_url"),
                row.getString("bio"),
                row.getString("trading_style"),
                row.getString("my_story"),
                row.getString("my_why"),
                Tiers.parse(row.getString("tier")),
                Rows.instant(row, "tier_since"),
                row.getLong("incarnation"),
                Rows.instant(row, "created_at"));
        return new PersonState(row.getLong("version"), profile);
    }

    /** The problem of a call that needs a profile its caller does not have. */
    public static Problem noProfile() {
        return Problems.PROFILE_REQUIRED.because("Make a profile first, with POST /v1/profiles.");
    }

    /** The problem of a profile that does not exist. */
    public static Problem unknown() {
        return Problems.UNKNOWN_PROFILE.because("No profile has this id or username.");
    }

    private Uni<Page<ProfileView>> byTime(
            String sql, ProfileFilter filter, PageRequest page, Function<ProfileView, Instant> time) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        filtered(sql, filter),
                        filter.tier(),
                        filter.prefix(),
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, ProfileView::of), last -> Cursor.after(time.apply(last), last.id())));
    }

    private Uni<Page<ProfileView>> byFollowers(ProfileFilter filter, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        filtered(MOST_FOLLOWED, filter),
                        filter.tier(),
                        filter.prefix(),
                        after.map(cursor -> cursor.number(0)).orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, row -> new Ranked(row.getLong("ranked_at"), ProfileView.of(row))),
                        last -> Cursor.after(last.rankedAt(), last.profile().id())))
                .map(ranked ->
                        new Page<>(ranked.items().stream().map(Ranked::profile).toList(), ranked.nextCursor()));
    }

    /**
     * A condition stands in the statement only if it is wanted, and the cursor's bound is always there: a plan that is cached for
     * all calls then still walks the right index from the right place, and page 5,000 costs what page 1 costs.
     */
    private static String filtered(String sql, ProfileFilter filter) {
        String tier = filter.tier() == null ? "$1::text IS NULL" : "p.tier = $1";
        String prefix =
                filter.prefix() == null ? "$2::text IS NULL" : "(p.username LIKE $2 OR lower(p.display_name) LIKE $2)";
        return sql.formatted(tier + " AND " + prefix, LAST_ID);
    }

    private static ProfileVersion versioned(Row row) {
        return new ProfileVersion(row.getLong("version"), ProfileView.of(row));
    }

    private record Ranked(long rankedAt, ProfileView profile) {}
}
