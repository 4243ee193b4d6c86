package io.tradosphere.platform.people;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Erases a person from this slice: its own tables, then what every slice has. Doing it again changes nothing. */
@ApplicationScoped
public class Eraser {

    private static final String FORGET_IDEMPOTENCY_KEYS = "DELETE FROM idempotency_keys WHERE caller_id = $1";
    private static final String ERASE_DEAD_LETTERS = """
            WITH letters AS (DELETE FROM dead_letters WHERE position($1 IN letter_key) > 0
                             RETURNING topic || '.' || consumer_group || '.dlq' AS letters, letter_key)
            INSERT INTO outbox (topic, key, subject) SELECT letters, letter_key, letter_key FROM letters
            """;
    private static final String REMEMBER_AS_DEPARTED = """
            INSERT INTO departed AS known (pseudonym, incarnation, sequence) VALUES (auth.pseudonym($1), $2, $3)
            ON CONFLICT (pseudonym) DO UPDATE SET
              incarnation = greatest(known.incarnation, EXCLUDED.incarnation),
              sequence = greatest(known.sequence, EXCLUDED.sequence),
              departed_at = now()
            WHERE known.incarnation < EXCLUDED.incarnation OR known.sequence < EXCLUDED.sequence
            """;

    private final Slice slice;
    private final Forgetting forgetting;

    Eraser(Slice slice, Forgetting forgetting) {
        this.slice = slice;
        this.forgetting = forgetting;
    }

    /**
     * Deletes the slice's own data of the person, part by part; that they have gone is remembered first, so that an event which is
     * applied meanwhile makes nothing new.
     *
     * @param incarnation the last incarnation to go; what a later one has made stays
     */
    public Uni<Void> forget(UUID person, long incarnation) {
        return slice.workOnce(REMEMBER_AS_DEPARTED, person, incarnation, 0L)
                .chain(() -> slice.workInParts(tx -> forgetting.forgetSome(tx, person, incarnation)));
    }

    /**
     * Deletes what every slice has of a person, and remembers under a pseudonym that they have gone.
     *
     * @param sequence of the event that told of it; 0 when it has none that compares with those of profiles
     */
    public Uni<Void> depart(Tx tx, UUID person, long incarnation, long sequence) {
        return tx.execute(REMEMBER_AS_DEPARTED, person, incarnation, sequence)
                .chain(() -> tx.execute(FORGET_IDEMPOTENCY_KEYS, person))
                .chain(() -> tx.execute(ERASE_DEAD_LETTERS, person.toString()))
                .replaceWithVoid();
    }
}
