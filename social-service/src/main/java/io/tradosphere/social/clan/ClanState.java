package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanCreated;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A clan and which version of it this is.
 *
 * @param version what its ETag is made of, and the {@code ce_sequence} of the event that tells of it
 */
public record ClanState(long version, ClanView clan) {

    static final String COLUMNS = "id, name, badge_url, owner_id, member_count, version, created_at, updated_at";

    private static final String LOCK = "SELECT " + COLUMNS + " FROM clan_for_change($1)";
    private static final String READ = "SELECT " + COLUMNS + " FROM clans WHERE id = $1";

    static ClanState of(Row row) {
        return new ClanState(row.getLong("version"), ClanView.of(row));
    }

    /**
     * The clan, locked until the transaction ends: every change of a clan or of its members begins so.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<ClanState> lock(Tx tx, UUID clan) {
        return tx.execute(LOCK, clan)
                .map(rows -> Rows.first(rows, ClanState::of).orElseThrow(ClanState::unknown));
    }

    /** Publishes the clan as this transaction leaves it; called once, after everything that moves its version. */
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
        return Problems.NOT_FOUND.because("No clan has this id.");
    }

    private static Uni<ClanState> read(Tx tx, UUID clan) {
        return tx.execute(READ, clan).map(rows -> of(rows.iterator().next()));
    }
}
