package io.tradosphere.signal.trade.imports;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.trade.Entries;
import io.tradosphere.signal.trade.Entries.Entry;
import io.tradosphere.signal.trade.imports.Drafts.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes files of trades into journals: all that can be taken of a file, or nothing. */
@ApplicationScoped
class Imports {

    /** What one statement inserts, and an event loop prepares in a few milliseconds. */
    private static final int AT_ONCE = 500;

    /**
     * Two imports of one person take turns: they may hold the same trades in different orders, and each would wait for the other.
     * The number keeps these locks apart from any other kind.
     */
    private static final String TAKE_TURN = "SELECT FROM pg_advisory_xact_lock(hashtextextended($1, 7268411905533))";

    private final Validator validator;

    Imports(Validator validator) {
        this.validator = validator;
    }

    /**
     * Reads a file; to be called where computing may take its time.
     *
     * @throws Problem {@code unknown-import-format} (400), {@code malformed-body} (400), {@code body-too-large} (413)
     */
    Drafts read(Upload upload) {
        return Drafts.of(Sheet.of(upload), validator);
    }

    /**
     * Enters the trades of a file within the given transaction; those whose broker's id the journal knows are skipped.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Answer> enter(Tx tx, Caller caller, Drafts drafts) {
        List<Refused> refused = new ArrayList<>(drafts.refused());
        return tx.execute(TAKE_TURN, caller.id().toString())
                .chain(() -> Entries.now(tx, caller.id()))
                .chain(now -> enterFrom(0, tx, caller, drafts.trades(), now, refused))
                .map(accepted -> new Answer(200, null, null, ImportReport.of(drafts.format(), accepted, refused)));
    }

    private static Uni<Integer> enterFrom(
            int start, Tx tx, Caller caller, List<Draft> drafts, Instant now, List<Refused> refused) {
        if (start >= drafts.size()) {
            return Uni.createFrom().item(0);
        }
        int end = Math.min(start + AT_ONCE, drafts.size());
        List<Draft> part = completed(drafts.subList(start, end), now, refused);
        return Entries.enterAll(tx, caller.id(), part.stream().map(Draft::entry).toList())
                .map(HashSet::new)
                .invoke(entered -> refused.addAll(known(part, entered)))
                .chain(entered ->
                        enterFrom(end, tx, caller, drafts, now, refused).map(further -> entered.size() + further));
    }

    private static List<Draft> completed(List<Draft> part, Instant now, List<Refused> refused) {
        List<Draft> completed = new ArrayList<>();
        for (Draft draft : part) {
            try {
                Entry entry = draft.entry();
                completed.add(new Draft(
                        draft.line(), new Entry(entry.id(), entry.fields().completed(now))));
            } catch (Problem contradiction) {
                refused.add(Refused.rejected(draft.line(), reasons(contradiction)));
            }
        }
        return completed;
    }

    private static String reasons(Problem contradiction) {
        return contradiction.violations().stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
    }

    private static List<Refused> known(List<Draft> part, Set<UUID> entered) {
        return part.stream()
                .filter(draft -> !entered.contains(draft.entry().id()))
                .map(draft -> Refused.skipped(draft.line(), "is in the journal already"))
                .toList();
    }
}
