package io.tradosphere.social.clan;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanDeleted;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.social.clan.ClanRequests.EditableClan;
import io.tradosphere.social.clan.ClanRequests.NewClan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Founding, editing and dissolving clans. */
@ApplicationScoped
class Clans {

    static final ProblemKind NAME_TAKEN = new ProblemKind("clan-name-taken", 409, "The clan's name is taken");

    /** The clan's first member comes with it, by trigger. */
    private static final String FOUND = """
            INSERT INTO clans (owner_id, name, badge_url)
            SELECT id, $2, $3 FROM profiles WHERE id = $1 AND tier IN ('elite', 'gladiator', 'legend')
            RETURNING id
            """;

    private static final String CALLER_KNOWN = "SELECT FROM profiles WHERE id = $1";
    private static final String FOUNDER =
            "SELECT user_id, incarnation, joined_at FROM clan_members WHERE clan_id = $1 AND role = 'owner'";
    private static final String EDIT = "UPDATE clans SET name = $2, badge_url = $3 WHERE id = $1";
    private static final String DISSOLVE = "DELETE FROM clans WHERE id = $1";

    private final Slice slice;
    private final MergePatch patches;

    Clans(Slice slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /**
     * Founds a clan that the caller owns, within the given transaction; the failures of {@link #explain} may follow.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403)
     */
    Uni<Answer> found(Tx tx, Caller caller, NewClan clan) {
        return tx.execute(FOUND, caller.id(), clan.name(), clan.badgeUrl())
                .chain(made -> Rows.first(made, row -> row.getUUID("id"))
                        .map(id -> announceFounding(tx, id))
                        .orElseGet(() -> refuse(tx, caller)));
    }

    /** The unique index's refusal in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        return SqlFailure.violates(failure, "clans_name_key")
                ? NAME_TAKEN.because("Names are told apart whatever their case; choose another.")
                : failure;
    }

    /**
     * Applies a merge patch to a clan of the caller's.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stale} (412), {@code invalid-request} (400),
     *     {@code clan-name-taken} (409)
     */
    Uni<ClanState> edit(Caller caller, UUID clan, String ifMatch, JsonNode patch) {
        return slice.write(
                        caller,
                        tx -> owned(tx, caller, clan).chain(before -> {
                            Etags.require(ifMatch, before.version());
                            EditableClan editable = new EditableClan(
                                    before.clan().name(), before.clan().badgeUrl());
                            EditableClan after = patches.apply(patch, editable, EditableClan.class);
                            return after.equals(editable)
                                    ? Uni.createFrom().item(before)
                                    : tx.execute(EDIT, clan, after.name(), after.badgeUrl())
                                            .chain(() -> ClanState.publishChanged(tx, clan));
                        }))
                .onFailure()
                .transform(Clans::explain);
    }

    /**
     * Dissolves a clan of the caller's, of however many members.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    Uni<Void> dissolve(Caller caller, UUID clan) {
        return slice.write(
                caller,
                tx -> owned(tx, caller, clan)
                        .chain(() -> tx.execute(MemberEvents.ANNOUNCE_ALL_LEFT, clan, caller.traceparent()))
                        .chain(() -> tx.execute(DISSOLVE, clan))
                        .chain(() -> tx.publish(new ClanDeleted(clan)))
                        .chain(() -> tx.tombstone(Topic.CLANS, clan.toString())));
    }

    private static Uni<ClanState> owned(Tx tx, Caller caller, UUID clan) {
        return ClanState.lock(tx, clan).invoke(state -> {
            if (!state.clan().ownerId().equals(caller.id())) {
                throw Problems.FORBIDDEN.because("Only the clan's owner may do this.");
            }
        });
    }

    private static Uni<Answer> announceFounding(Tx tx, UUID clan) {
        return ClanState.publishCreated(tx, clan)
                .call(() -> tx.execute(FOUNDER, clan)
                        .map(rows -> rows.iterator().next())
                        .chain(founder -> tx.publish(new ClanMemberJoined(
                                clan,
                                founder.getUUID("user_id"),
                                founder.getLong("incarnation"),
                                ClanRole.OWNER,
                                Rows.instant(founder, "joined_at")))))
                .map(made -> Answer.created("/v1/clans/" + clan, Etags.of(made.version()), made.clan()));
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller) {
        return tx.execute(CALLER_KNOWN, caller.id()).map(known -> {
            throw known.size() == 0
                    ? Refusals.noProfile()
                    : Refusals.TIER_TOO_LOW.because("Clans are founded by elites, gladiators and legends.");
        });
    }
}
