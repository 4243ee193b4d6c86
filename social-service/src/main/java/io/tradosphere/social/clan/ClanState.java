package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanCreated;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Etags;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A clan and its version.
 *
 * @param version the {@code ce_sequence} of the event with this state; changes with its members too
 * @param edition the version in its ETag; changes with what its owner edits
 */
public record ClanState(long version, long edition, ClanView clan) {

    static final String COLUMNS =
            "id, name, badge_url, owner_id, member_count, version, edition, created_at, updated_at";

    private static final String LOCK = "SELECT " + COLUMNS + " FROM lock_clan($1)";
    private static final String READ = "SELECT " + COLUMNS + " FROM clans WHERE id = $1";

    static ClanState of(Row row) {
        return new ClanState(row.getLong("version"), row.getLong("edition"), ClanView.of(row));
    }

    String etag() {
        return Etags.of(edition, clan);
    }

    /**
     * Locks the clan until the transaction ends and returns it. Every change of a clan or of its members starts with
     * this.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<ClanState> lock(Tx tx, UUID clan) {
        return tx.execute(LOCK, clan)
                .map(rows -> Rows.first(rows, ClanState::of).orElseThrow(ClanState::unknown));
    }

    /**
     * Publishes the present state of the clan. Call it once per transaction, after everything that changes its
     * version.
     */
    public static Uni<ClanState> publishChanged(Tx tx, UUID clan) {
        return read(tx, clan)
                .call(state -> tx.publishVersion(
                        state.version,
                        new ClanChanged(
                                state.clan.id(),
                                state.clan.ownerId(),
                                state.clan.name(),
                                state.clan.badgeUrl(),
                                Math.toIntExact(state.clan.memberCount()),
                                state.clan.createdAt())));
    }

    static Uni<ClanState> publishCreated(Tx tx, UUID clan) {
        return read(tx, clan)
                .call(state -> tx.publishVersion(
                        state.version,
                        new ClanCreated(
                                state.clan.id(),
                                state.clan.ownerId(),
                                state.clan.name(),
                                state.clan.badgeUrl(),
                                Math.toIntExact(state.clan.memberCount()),
                                state.clan.createdAt())));
    }

    /** The problem of a clan that does not exist. */
    static Problem unknown() {
        return ProblemKind.NOT_FOUND.because("No clan has this id.");
    }

    private static Uni<ClanState> read(Tx tx, UUID clan) {
        return tx.execute(READ, clan).map(rows -> of(rows.iterator().next()));
    }
}
