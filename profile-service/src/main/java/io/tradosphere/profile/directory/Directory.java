package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.LegendSpan;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.StatementVariants;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileVersionedState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads profiles. */
@ApplicationScoped
public class Directory {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final String SELECT = "SELECT " + ProfileView.COLUMNS + " FROM " + ProfileView.TABLES;
    private static final String BY_ID = SELECT + " WHERE p.id = $1";
    private static final String BY_USERNAME = SELECT + " WHERE p.username = $1";
    private static final String OWN = "SELECT " + ProfileView.COLUMNS + ", o.stealth_mode FROM " + ProfileView.TABLES
            + " JOIN profile_settings o ON o.profile_id = p.id WHERE p.id = $1";
    private static final StatementVariants NEWEST = variants(SELECT + """
             WHERE %s AND (p.created_at, p.id) < ($3, $4)
            ORDER BY p.created_at DESC, p.id DESC LIMIT $5
            """);
    private static final StatementVariants MOST_RECENTLY_ACTIVE = variants(SELECT + """
             WHERE %s AND (v.last_seen, v.profile_id) < ($3, $4)
            ORDER BY v.last_seen DESC, v.profile_id DESC LIMIT $5
            """);
    private static final StatementVariants MOST_FOLLOWED =
            variants("SELECT r.follower_count AS ranked_at, " + ProfileView.COLUMNS + """
            FROM profile_ranking r JOIN profiles p ON p.id = r.profile_id JOIN profile_stats s ON s.profile_id = p.id
              JOIN profile_presence v ON v.profile_id = p.id
            WHERE %s AND (r.follower_count, r.profile_id) < ($3, $4)
            ORDER BY r.follower_count DESC, r.profile_id DESC LIMIT $5
            """);
    private static final String STATES = """
            SELECT id, username, display_name, avatar_url, banner_url, bio, trading_style, my_story, my_why, tier, tier_since,
                   incarnation, created_at, legend_spans, version
            FROM profiles WHERE id = ANY($1::uuid[])
            """;

    private final SliceDatabase slice;

    Directory(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * One profile. The owner also sees the settings.
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
                                owner -> owner.id().equals(shown.profile().id()))
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

    /** The public state of the given profiles, for services whose replica lags. Unknown ids are omitted. */
    Uni<List<ProfileVersionedState>> states(List<UUID> ids) {
        return slice.publicRead(STATES, (Object) ids.toArray(UUID[]::new))
                .map(rows -> Rows.list(rows, Directory::state));
    }

    /** The public state in a row of the table {@code profiles}, and its version. */
    public static ProfileVersionedState state(Row row) {
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
                EnumText.parse(Tier.class, row.getString("tier")),
                Rows.instant(row, "tier_since"),
                row.getLong("incarnation"),
                Rows.instant(row, "created_at"),
                legendSpans(row.getJsonArray("legend_spans")));
        return new ProfileVersionedState(row.getLong("version"), profile);
    }

    private static List<LegendSpan> legendSpans(JsonArray stored) {
        return stored.isEmpty()
                ? null
                : stored.stream()
                        .map(JsonObject.class::cast)
                        .map(span -> new LegendSpan(instant(span, "since"), instant(span, "until")))
                        .toList();
    }

    private static Instant instant(JsonObject span, String name) {
        return OffsetDateTime.parse(span.getString(name)).toInstant();
    }

    /** The problem of a caller without a profile. */
    public static Problem noProfile() {
        return ProblemKind.PROFILE_REQUIRED.because("Create a profile first, with POST /v1/profiles.");
    }

    /** The problem of a profile that does not exist. */
    public static Problem unknown() {
        return ProblemKind.UNKNOWN_PROFILE.because("No profile has this id or username.");
    }

    private Uni<Page<ProfileView>> byTime(
            StatementVariants sql, ProfileFilter filter, PageRequest page, Function<ProfileView, Instant> time) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(wanted(sql, filter), filter.tier(), filter.prefix(), from.key(), from.id(), page.rows())
                .map(rows ->
                        page.page(Rows.list(rows, ProfileView::of), last -> Cursor.after(time.apply(last), last.id())));
    }

    private Uni<Page<ProfileView>> byFollowers(ProfileFilter filter, PageRequest page) {
        Keyset<Long> from = Keyset.highestFirst(page);
        return slice.publicRead(
                        wanted(MOST_FOLLOWED, filter),
                        filter.tier(),
                        filter.prefix(),
                        from.key(),
                        from.id(),
                        page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, row -> new Ranked(row.getLong("ranked_at"), ProfileView.of(row))),
                        last -> Cursor.after(last.rankedAt(), last.profile().id())))
                .map(ranked ->
                        new Page<>(ranked.items().stream().map(Ranked::profile).toList(), ranked.nextCursor()));
    }

    private static StatementVariants variants(String template) {
        return StatementVariants.of(
                template,
                List.of("$1::text IS NULL", "p.tier = $1"),
                List.of("$2::text IS NULL", "(p.username LIKE $2 OR lower(p.display_name) LIKE $2)"));
    }

    private static String wanted(StatementVariants list, ProfileFilter filter) {
        return list.get(filter.tier() == null ? 0 : 1, filter.prefix() == null ? 0 : 1);
    }

    private static ProfileVersion versioned(Row row) {
        return new ProfileVersion(row.getLong("version"), ProfileView.of(row));
    }

    private record Ranked(long rankedAt, ProfileView profile) {}
}
