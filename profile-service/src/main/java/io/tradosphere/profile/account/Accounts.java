package io.tradosphere.profile.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Tiers;
import io.tradosphere.profile.directory.Directory;
import io.tradosphere.profile.directory.ProfileVersion;
import io.tradosphere.profile.directory.ProfileView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What people do with their own profile. */
@ApplicationScoped
class Accounts {

    static final ProblemKind PROFILE_EXISTS =
            new ProblemKind("profile-exists", 409, "The caller already has a profile");
    static final ProblemKind USERNAME_TAKEN = new ProblemKind("username-taken", 409, "The username is taken");
    static final ProblemKind TIER_TOO_LOW =
            new ProblemKind("tier-too-low", 403, "The caller's tier does not allow this");

    /** Making and erasing one profile take turns, so that a new life never gets a lower version than the old one's end. */
    private static final String TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String INSERT = """
            INSERT INTO profiles (id, username, display_name, avatar_url, banner_url, bio, trading_style, my_story, my_why)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *
            """;
    private static final String VIEW = "SELECT " + ProfileView.COLUMNS + ", o.stealth_mode FROM " + ProfileView.TABLES
            + " JOIN profile_settings o ON o.profile_id = p.id WHERE p.id = $1";
    private static final String LOCK = """
            SELECT p.*, o.stealth_mode FROM profiles p JOIN profile_settings o ON o.profile_id = p.id
            WHERE p.id = $1 FOR UPDATE OF p
            """;
    private static final String UPDATE = """
            UPDATE profiles SET display_name = $2, avatar_url = $3, banner_url = $4, bio = $5, trading_style = $6, my_story = $7,
                   my_why = $8, journal_public = $9
            WHERE id = $1 RETURNING *
            """;
    private static final String SET_STEALTH = "UPDATE profile_settings SET stealth_mode = $2 WHERE profile_id = $1";
    private static final String DELETE = "DELETE FROM profiles WHERE id = $1 RETURNING incarnation";
    private static final String FORGET_PENDING = "SELECT forget_pending_events()";
    private static final String FORGET_KEYS = "DELETE FROM idempotency_keys WHERE caller_id = $1";

    private final Slice slice;
    private final MergePatch patches;

    Accounts(Slice slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /** Makes the caller's profile, within the given transaction; the failures of {@link #explain} may follow. */
    Uni<Answer> create(Tx tx, Caller caller, NewProfile profile) {
        if (profile.isReserved()) {
            throw Problems.INVALID_REQUEST.because(
                    "This username is reserved.", List.of(new Violation("username", "is reserved; choose another")));
        }
        return tx.execute(TAKE_TURNS, caller.id().toString())
                .chain(() -> tx.execute(
                        INSERT,
                        caller.id(),
                        profile.storedUsername(),
                        profile.displayName(),
                        profile.avatarUrl(),
                        profile.bannerUrl(),
                        profile.bio(),
                        profile.tradingStyle(),
                        profile.myStory(),
                        profile.myWhy()))
                .map(rows -> Directory.state(rows.iterator().next()))
                .chain(made -> tx.publishVersion(made.sequence(), new ProfileCreated(made.profile())))
                .chain(() -> view(tx, caller.id()))
                .map(made -> Answer.created("/v1/profiles/" + caller.id(), Etags.of(made.version()), made.profile()));
    }

    /** A unique index's refusal in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        if (SqlFailure.violates(failure, "profiles_pkey")) {
            return PROFILE_EXISTS.because("Edit your profile with PATCH /v1/profiles/me.");
        }
        if (SqlFailure.violates(failure, "profiles_username_key")) {
            return USERNAME_TAKEN.because("Somebody has this username already, in whatever case; choose another.");
        }
        return failure;
    }

    /**
     * Applies a merge patch to the caller's profile.
     *
     * @throws Problem {@code profile-required} (403), {@code stale} (412), {@code tier-too-low} (403), {@code invalid-request} (400)
     */
    Uni<ProfileVersion> edit(Caller caller, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> tx.execute(LOCK, caller.id())
                        .map(rows -> Rows.first(rows, row -> row).orElseThrow(Directory::noProfile))
                        .chain(row -> {
                            Etags.require(ifMatch, row.getLong("version"));
                            EditableProfile before = EditableProfile.of(row);
                            EditableProfile after = patches.apply(patch, before, EditableProfile.class);
                            refuseStealthBelowGladiator(row, before, after);
                            return after.equals(before)
                                    ? Uni.createFrom().voidItem()
                                    : store(tx, caller.id(), before, after);
                        })
                        .chain(() -> view(tx, caller.id())));
    }

    /**
     * Erases the caller here at once and, by event, in every other slice.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Void> delete(Caller caller) {
        UUID id = caller.id();
        return slice.write(
                caller,
                tx -> tx.execute(TAKE_TURNS, id.toString())
                        .chain(() -> tx.execute(DELETE, id))
                        .map(rows -> Rows.first(rows, row -> row.getLong("incarnation"))
                                .orElseThrow(Directory::noProfile))
                        .chain(incarnation -> tx.execute(FORGET_PENDING)
                                .chain(() -> tx.execute(FORGET_KEYS, id))
                                .chain(() -> tx.publish(List.of(new ProfileDeleted(id), new Erased(id, incarnation)))))
                        .chain(() -> tx.tombstone(Topic.PROFILES, id.toString()))
                        .chain(() -> tx.tombstone(Topic.PROFILE_SETTINGS, id.toString())));
    }

    private static void refuseStealthBelowGladiator(Row row, EditableProfile before, EditableProfile after) {
        boolean switchedOn = after.stealthMode() && !before.stealthMode();
        if (switchedOn && Tiers.parse(row.getString("tier")).compareTo(Tier.GLADIATOR) < 0) {
            throw TIER_TOO_LOW.because("Stealth mode is for gladiators and legends.");
        }
    }

    private static Uni<Void> store(Tx tx, UUID id, EditableProfile before, EditableProfile after) {
        return tx.execute(
                        UPDATE,
                        id,
                        after.displayName(),
                        after.avatarUrl(),
                        after.bannerUrl(),
                        after.bio(),
                        after.tradingStyle(),
                        after.myStory(),
                        after.myWhy(),
                        after.journalPublic())
                .map(rows -> Directory.state(rows.iterator().next()))
                .chain(stored -> tx.publishVersion(stored.sequence(), new ProfileUpdated(stored.profile()))
                        .chain(() -> after.settingsDifferFrom(before)
                                ? storeSettings(tx, stored.profile(), after)
                                : Uni.createFrom().voidItem()));
    }

    private static Uni<Void> storeSettings(Tx tx, ProfileState profile, EditableProfile after) {
        return tx.execute(SET_STEALTH, profile.profileId(), after.stealthMode())
                .chain(() -> tx.publish(new SettingsChanged(
                        profile.profileId(), profile.incarnation(), after.stealthMode(), after.journalPublic())));
    }

    private static Uni<ProfileVersion> view(Tx tx, UUID id) {
        return tx.execute(VIEW, id)
                .map(rows -> rows.iterator().next())
                .map(row -> new ProfileVersion(row.getLong("version"), ProfileView.of(row)));
    }
}
