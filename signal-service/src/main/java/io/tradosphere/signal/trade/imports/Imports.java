package io.tradosphere.signal.trade.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.trade.Entries;
import io.tradosphere.signal.trade.Entries.Entry;
import io.tradosphere.signal.trade.imports.TradeDrafts.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Imports trade files into journals: all readable trades of a file, or nothing. */
@ApplicationScoped
class Imports {

    /** The number of trades in one statement; an event loop prepares them in a few milliseconds. */
    private static final int AT_ONCE = 500;

    /**
     * Serialises the imports of one person: two with the same trades in different orders would deadlock. So is taking one back.
     */
    static final String LOCK_IMPORTS = "SELECT FROM auth.lock('imports:' || $1)";

    private static final String RECORD = """
            INSERT INTO trade_imports (id, user_id, format, accepted, skipped, rejected) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String RECORDED =
            "SELECT id::text AS id FROM trades WHERE user_id = $1 AND id = ANY ($2::uuid[])";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Validator validator;

    Imports(Validator validator) {
        this.validator = validator;
    }

    /**
     * Parses a file; call it on a worker thread.
     *
     * @param mapped the form that its user has described; null for one that is known
     * @throws Problem {@code unknown-import-format} (400), {@code body-too-large} (413)
     */
    TradeDrafts read(Upload upload, MappedFormat mapped) {
        return TradeDrafts.of(mapped == null ? Sheet.of(upload) : Sheet.of(upload, mapped), validator);
    }

    /**
     * Enters the trades of a file within the given transaction. Trades already in the journal are skipped: by broker id, or
     * by the id that they had when the journal was exported.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Answer> enter(Tx tx, Caller caller, TradeDrafts drafts) {
        return entered(tx, caller, drafts)
                .map(entering -> entering.report)
                .call(report -> report.accepted() == 0
                        ? Uni.createFrom().voidItem()
                        : tx.execute(
                                RECORD,
                                report.importId(),
                                caller.id(),
                                report.format(),
                                report.accepted(),
                                report.skipped(),
                                report.rejected()))
                .map(report -> new Answer(200, null, null, report));
    }

    /**
     * Enters the trades of a file as {@link #enter} does, and fails with the report, so that the transaction is rolled back.
     */
    Uni<Answer> preview(Tx tx, Caller caller, TradeDrafts drafts) {
        return entered(tx, caller, drafts).map(entering -> {
            throw new PreviewException(entering.report.preview(drafts.trades().stream()
                    .filter(draft -> entering.trades.contains(draft.entry().id()))
                    .map(UnderstoodTrade::of)
                    .toList()));
        });
    }

    private record Entered(ImportReport report, Set<UUID> trades) {}

    private static Uni<Entered> entered(Tx tx, Caller caller, TradeDrafts drafts) {
        Entering entering = new Entering(
                tx, caller, UuidCreator.getTimeOrderedEpoch(), new ArrayList<>(drafts.results()), new HashSet<>());
        return tx.execute(LOCK_IMPORTS, caller.id().toString())
                .chain(() -> Entries.now(tx, caller.id()))
                .chain(now -> enterFrom(0, entering, drafts.trades(), now))
                .map(done -> new Entered(
                        ImportReport.of(entering.source, drafts, entering.trades.size(), entering.results),
                        entering.trades));
    }

    /** What has been entered so far. */
    private record Entering(Tx tx, Caller caller, UUID source, List<LineResult> results, Set<UUID> trades) {}

    private static Uni<Void> enterFrom(int start, Entering entering, List<Draft> drafts, Instant now) {
        if (start >= drafts.size()) {
            return Uni.createFrom().voidItem();
        }
        int end = Math.min(start + AT_ONCE, drafts.size());
        Tx tx = entering.tx;
        Caller caller = entering.caller;
        List<Draft> part = completed(drafts.subList(start, end), now, entering.results);
        return recorded(tx, caller, part)
                .map(recorded -> part.stream()
                        .filter(draft -> draft.exportedId() == null || !recorded.contains(draft.exportedId()))
                        .map(Draft::entry)
                        .toList())
                .chain(fresh -> Entries.enterAll(tx, caller.id(), fresh, entering.source))
                .invoke(entered -> {
                    entering.trades.addAll(entered);
                    entering.results.addAll(outcomes(part, entering.trades));
                })
                .chain(() -> enterFrom(end, entering, drafts, now));
    }

    /** The ids under which trades were exported that are still in the journal. */
    private static Uni<Set<String>> recorded(Tx tx, Caller caller, List<Draft> part) {
        UUID[] exported = part.stream()
                .map(Draft::exportedId)
                .filter(id -> id != null && ID.matcher(id).matches())
                .map(UUID::fromString)
                .toArray(UUID[]::new);
        return exported.length == 0
                ? Uni.createFrom().item(Set.of())
                : tx.execute(RECORDED, caller.id(), exported)
                        .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getString("id"))));
    }

    private static List<Draft> completed(List<Draft> part, Instant now, List<LineResult> results) {
        List<Draft> completed = new ArrayList<>();
        for (Draft draft : part) {
            try {
                Entry entry = draft.entry();
                completed.add(draft.with(new Entry(entry.id(), entry.fields().completed(now), entry.brokerPnl())));
            } catch (Problem contradiction) {
                results.add(LineResult.rejected(draft.line(), reasons(contradiction)));
            }
        }
        return completed;
    }

    private static String reasons(Problem contradiction) {
        return contradiction.violations().stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
    }

    private static List<LineResult> outcomes(List<Draft> part, Set<UUID> entered) {
        List<LineResult> outcomes = new ArrayList<>();
        for (Draft draft : part) {
            if (!entered.contains(draft.entry().id())) {
                outcomes.add(LineResult.skipped(draft.line(), "is in the journal already"));
            } else if (!draft.notices().isEmpty()) {
                outcomes.add(LineResult.accepted(draft.line(), String.join("; ", draft.notices())));
            }
        }
        return outcomes;
    }
}
