package io.tradosphere.profile.account;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The sources of the replicas of settings. Each has only the profiles that have switched the setting on. */
@ApplicationScoped
class SettingsSource implements Reconciled {

    @IncompleteSql
    private static final String ROWS = """
            SELECT p.id::text AS key, jsonb_build_object('incarnation', p.incarnation) AS state, p.version::text AS mark
            FROM profiles p JOIN profile_settings s ON s.profile_id = p.id WHERE %s AND {p.id}
            """;

    /** Every change of the settings locks the profile. */
    private static final String LOCK = "SELECT FROM profiles WHERE id::text = ANY ($1::text[]) ORDER BY id FOR UPDATE";

    private static final String STATE = """
            SELECT named.key, p.id, p.incarnation, s.stealth_mode, p.journal_public
            FROM unnest($1::text[]) AS named(key) LEFT JOIN profiles p ON p.id = named.key::uuid
              LEFT JOIN profile_settings s ON s.profile_id = p.id
            ORDER BY named.key
            """;

    private static final List<ReplicaSource> SETTINGS = List.of(
            new Setting("stealth-modes", ROWS.formatted("s.stealth_mode")),
            new Setting("public-journals", ROWS.formatted("p.journal_public")));

    @Override
    public List<ReplicaSource> sources() {
        return SETTINGS;
    }

    /** The profiles that have switched a setting on. */
    private record Setting(String dataset, String rows) implements ReplicaSource {

        @Override
        public Topic topic() {
            return Topic.PROFILE_SETTINGS;
        }

        @Override
        public Uni<Void> republish(Tx tx, List<String> keys) {
            Object profiles = keys.toArray(String[]::new);
            return tx.execute(LOCK, profiles)
                    .chain(() -> tx.execute(STATE, profiles))
                    .chain(rows -> Multi.createFrom()
                            .iterable(Rows.list(rows, row -> row))
                            .onItem()
                            .transformToUniAndConcatenate(row -> publish(tx, row))
                            .collect()
                            .asList())
                    .replaceWithVoid();
        }

        private static Uni<Void> publish(Tx tx, Row row) {
            return row.getUUID("id") == null
                    ? tx.tombstone(Topic.PROFILE_SETTINGS, row.getString("key"))
                    : tx.publish(new SettingsChanged(
                            row.getUUID("id"),
                            row.getLong("incarnation"),
                            row.getBoolean("stealth_mode"),
                            row.getBoolean("journal_public")));
        }
    }
}
