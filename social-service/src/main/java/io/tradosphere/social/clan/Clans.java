package io.tradosphere.social.clan;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanDeleted;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.tradosphere.social.clan.ClanRequests.EditableClan;
import io.tradosphere.social.clan.ClanRequests.NewClan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Creates, edits and deletes clans. */
@ApplicationScoped
class Clans {

    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "clans_name_key", nameTaken(),
            "clans_name_skeleton_key", nameTaken()));

    static final long OWNED_AT_MOST = 20;

    private static final String LOCK_OWNED = "SELECT lock_owned_clans() AS owned";
    /** A trigger inserts the owner as the first member. */
    private static final String INSERT = """
            INSERT INTO clans (owner_id, name, badge_url, name_skeleton)
            SELECT id, $2, $3, $4 FROM profiles WHERE id = $1 AND auth.tier_is_at_least(tier, 'elite')
            RETURNING id
            """;

    private static final String CALLER_EXISTS = "SELECT FROM profiles WHERE id = $1";
    private static final String SELECT_OWNER =
            "SELECT user_id, incarnation, joined_at FROM clan_members WHERE clan_id = $1 AND role = 'owner'";
    private static final String EDIT = "UPDATE clans SET name = $2, badge_url = $3, name_skeleton = $4 WHERE id = $1";
    private static final String DELETE = "DELETE FROM clans WHERE id = $1";

    private final SliceDatabase slice;
    private final MergePatch patches;

    Clans(SliceDatabase slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /**
     * Creates a clan that the caller owns, in the given transaction. Explain its failures with {@link #CONSTRAINTS}.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code limit-reached} (409)
     */
    Uni<Answer> create(Tx tx, Caller caller, NewClan clan) {
        return tx.execute(LOCK_OWNED)
                .invoke(rows -> {
                    if (rows.iterator().next().getLong("owned") >= OWNED_AT_MOST) {
                        throw tooManyOwned();
                    }
                })
                .chain(() ->
                        tx.execute(INSERT, caller.id(), clan.name(), clan.badgeUrl(), NameSkeleton.of(clan.name())))
                .chain(created -> Rows.first(created, row -> row.getUUID("id"))
                        .map(id -> publishCreated(tx, id))
                        .orElseGet(() -> rejectCreate(tx, caller)));
    }

    private static Problem nameTaken() {
        return ProblemKind.CLAN_NAME_TAKEN.because(
                "Another clan has this name, or one that looks like it; choose another.");
    }

    /** The problem of a caller who owns as many clans as one may. */
    static Problem tooManyOwned() {
        return ProblemKind.LIMIT_REACHED.because("A profile owns at most " + OWNED_AT_MOST + " clans.");
    }

    /**
     * Applies a merge patch to a clan the caller owns.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stale} (412), {@code invalid-request}
     *     (400), {@code clan-name-taken} (409)
     */
    Uni<ClanState> edit(Caller caller, UUID clan, String ifMatch, JsonNode patch) {
        return slice.write(
                        caller,
                        tx -> lockOwned(tx, caller, clan).chain(before -> {
                            Etags.require(ifMatch, before.edition());
                            EditableClan editable = new EditableClan(
                                    before.clan().name(), before.clan().badgeUrl());
                            EditableClan after = patches.apply(patch, editable, EditableClan.class);
                            return after.equals(editable)
                                    ? Uni.createFrom().item(before)
                                    : tx.execute(
                                                    EDIT,
                                                    clan,
                                                    after.name(),
                                                    after.badgeUrl(),
                                                    NameSkeleton.of(after.name()))
                                            .chain(() -> ClanState.publishChanged(tx, clan));
                        }))
                .onFailure()
                .transform(CONSTRAINTS::explain);
    }

    /**
     * Deletes a clan the caller owns, with any number of members.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stale} (412)
     */
    Uni<Void> delete(Caller caller, UUID clan, String ifMatch) {
        return slice.write(
                caller,
                tx -> lockOwned(tx, caller, clan)
                        .invoke(before -> Etags.require(ifMatch, before.edition()))
                        .chain(() -> tx.execute(MemberEvents.PUBLISH_ALL_LEFT, clan, caller.traceparent()))
                        .chain(() -> tx.execute(DELETE, clan))
                        .chain(() -> tx.publish(new ClanDeleted(clan)))
                        .chain(() -> tx.tombstone(Topic.CLANS, clan.toString())));
    }

    private static Uni<ClanState> lockOwned(Tx tx, Caller caller, UUID clan) {
        return ClanState.lock(tx, clan).invoke(state -> {
            if (!state.clan().ownerId().equals(caller.id())) {
                throw ProblemKind.FORBIDDEN.because("Only the clan's owner may do this.");
            }
        });
    }

    private static Uni<Answer> publishCreated(Tx tx, UUID clan) {
        return ClanState.publishCreated(tx, clan)
                .call(() -> tx.execute(SELECT_OWNER, clan)
                        .map(rows -> rows.iterator().next())
                        .chain(owner -> tx.publish(new ClanMemberJoined(
                                clan,
                                owner.getUUID("user_id"),
                                owner.getLong("incarnation"),
                                ClanRole.OWNER,
                                Rows.instant(owner, "joined_at")))))
                .map(created -> Answer.created("/v1/clans/" + clan, created.etag(), created.clan()));
    }

    private static Uni<Answer> rejectCreate(Tx tx, Caller caller) {
        return tx.execute(CALLER_EXISTS, caller.id()).map(known -> {
            throw known.size() == 0
                    ? Refusals.noProfile()
                    : ProblemKind.TIER_TOO_LOW.because("Creating a clan requires the elite tier or above.");
        });
    }
}
