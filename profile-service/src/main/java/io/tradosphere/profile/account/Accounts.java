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
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.profile.directory.Directory;
import io.tradosphere.profile.directory.ProfileVersion;
import io.tradosphere.profile.directory.ProfileView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Creates, edits and erases the profiles of callers. */
@ApplicationScoped
class Accounts {

    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "profiles_pkey", ProblemKind.PROFILE_EXISTS.because("Edit your profile with PATCH /v1/profiles/me."),
            "profiles_username_key", usernameTaken()));

    /**
     * Serializes creation and erasure of one profile. A new incarnation then never gets a lower version than the end
     * of the old one.
     */
    private static final String LOCK_PERSON = "SELECT auth.lock('person:' || $1)";

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
    private static final String DELETE = "DELETE FROM profiles WHERE id = $1 RETURNING incarnation, username, version";
    private static final String DELETE_PENDING_EVENTS = "SELECT delete_pending_events()";
    private static final String DELETE_IDEMPOTENCY_KEYS = "DELETE FROM idempotency_keys WHERE caller_id = $1";

    private final SliceDatabase slice;
    private final MergePatch patches;
    private final RestingUsernames resting;

    Accounts(SliceDatabase slice, MergePatch patches, RestingUsernames resting) {
        this.slice = slice;
        this.patches = patches;
        this.resting = resting;
    }

    /** Creates the caller's profile in the given transaction; the username of an erased one rests for 30 days. Explain its failures with {@link #CONSTRAINTS}. */
    Uni<Answer> create(Tx tx, Caller caller, NewProfile profile) {
        if (profile.isReserved()) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "This username is reserved.", List.of(new Violation("username", "is reserved; choose another")));
        }
        return tx.execute(LOCK_PERSON, caller.id().toString())
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
                .call(() -> requireAwake(tx, caller.id(), profile.storedUsername()))
                .map(rows -> Directory.state(rows.iterator().next()))
                .chain(created -> tx.publishVersion(created.sequence(), new ProfileCreated(created.profile())))
                .chain(() -> view(tx, caller.id()))
                .map(created -> Answer.created("/v1/profiles/" + caller.id(), created.etag(), created.profile()));
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
                            requireTierForStealth(row, before, after);
                            return after.equals(before)
                                    ? Uni.createFrom().voidItem()
                                    : store(tx, caller.id(), before, after);
                        })
                        .chain(() -> view(tx, caller.id())));
    }

    /**
     * Erases the caller here immediately and, by event, in every other slice.
     *
     * @throws Problem {@code profile-required} (403), {@code stale} (412)
     */
    Uni<Void> delete(Caller caller, String ifMatch) {
        UUID id = caller.id();
        return slice.write(
                caller,
                tx -> tx.execute(LOCK_PERSON, id.toString())
                        .chain(() -> tx.execute(DELETE, id))
                        .map(rows -> Rows.first(rows, row -> row).orElseThrow(Directory::noProfile))
                        .invoke(erased -> Etags.require(ifMatch, erased.getLong("version")))
                        .call(erased -> resting.rest(tx, id, erased.getString("username")))
                        .map(erased -> erased.getLong("incarnation"))
                        .chain(incarnation -> tx.execute(DELETE_PENDING_EVENTS)
                                .chain(() -> tx.execute(DELETE_IDEMPOTENCY_KEYS, id))
                                .chain(() -> tx.publish(List.of(new ProfileDeleted(id), new Erased(id, incarnation)))))
                        .chain(() -> tx.tombstone(Topic.PROFILES, id.toString()))
                        .chain(() -> tx.tombstone(Topic.PROFILE_SETTINGS, id.toString())));
    }

    private Uni<Void> requireAwake(Tx tx, UUID id, String username) {
        return resting.isResting(tx, id, username)
                .invoke(rests -> {
                    if (rests) {
                        throw usernameTaken();
                    }
                })
                .replaceWithVoid();
    }

    /** The same problem for a username in use and for one that rests, so that nobody learns of an erasure. */
    private static Problem usernameTaken() {
        return ProblemKind.USERNAME_TAKEN.because(
                "This username already exists; usernames are case-insensitive. Choose another.");
    }

    private static void requireTierForStealth(Row row, EditableProfile before, EditableProfile after) {
        boolean switchedOn = after.stealthMode() && !before.stealthMode();
        if (switchedOn && EnumText.parse(Tier.class, row.getString("tier")).compareTo(Tier.GLADIATOR) < 0) {
            throw ProblemKind.TIER_TOO_LOW.because("Stealth mode is for gladiators and legends.");
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
