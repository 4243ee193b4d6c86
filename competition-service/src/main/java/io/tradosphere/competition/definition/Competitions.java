package io.tradosphere.competition.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Commands that create, edit and cancel competitions. */
@ApplicationScoped
class Competitions {

    /** Serialises the creations of one organiser until the commit, so that each counts those before it. */
    private static final String LOCK_CREATIONS = "SELECT auth.lock('open-competitions:' || $1::uuid)";

    private static final String COUNT_OPEN =
            "SELECT count(*) AS open FROM competitions WHERE creator_id = $1 AND status IN ('upcoming', 'active')";

    private static final String INSERT = """
            INSERT INTO competitions AS c (creator_id, name, description, type, entry_fee, prize_pool,
              platform_fee_percentage, rules, max_participants, scoring_metrics, starts_at, ends_at)
            SELECT id, $2, $3, $4, 0, $5::numeric, $6::numeric, $7::text::jsonb, $8::integer, $9::text::jsonb,
              $10::timestamptz, $11::timestamptz
            FROM profiles WHERE id = $1 AND auth.tier_is_at_least(tier, 'gladiator')
            RETURNING
            """ + CompetitionState.COLUMNS;

    private static final String PROFILE_EXISTS = "SELECT FROM profiles WHERE id = $1";
    private static final String LOCK = "SELECT " + CompetitionState.COLUMNS + " FROM lock_competition($1) c";
    private static final String UPDATE = """
            UPDATE competitions c SET name = $2, description = $3, prize_pool = $4, platform_fee_percentage = $5,
              rules = $6::text::jsonb, max_participants = $7, scoring_metrics = $8::text::jsonb, starts_at = $9, ends_at = $10
            WHERE id = $1 RETURNING
            """ + CompetitionState.COLUMNS;
    private static final String CANCEL =
            "UPDATE competitions c SET status = 'cancelled' WHERE id = $1 RETURNING " + CompetitionState.COLUMNS;

    private final SliceDatabase slice;
    private final MergePatch patches;
    private final long maxOpenCompetitions;

    /** @param maxOpenCompetitions how many competitions of one organiser may be upcoming or active */
    Competitions(
            SliceDatabase slice,
            MergePatch patches,
            @ConfigProperty(name = "tradosphere.competition.max-open-competitions") long maxOpenCompetitions) {
        this.slice = slice;
        this.patches = patches;
        this.maxOpenCompetitions = maxOpenCompetitions;
    }

    /**
     * Creates a competition for the caller within the given transaction.
     *
     * @throws Problem {@code invalid-request} (400), {@code paid-entry-unavailable} (400), {@code profile-required} (403),
     *     {@code tier-too-low} (403), {@code limit-reached} (409)
     */
    Uni<Answer> create(Tx tx, Caller caller, NewCompetition request) {
        if (request.isPaid()) {
            throw ProblemKind.PAID_ENTRY_UNAVAILABLE.because("Omit entryFee, or set it to 0.");
        }
        CompetitionTerms terms =
                CompetitionTerms.of(request.editable(), request.type().equals(NewCompetition.DUEL), null);
        return requireRoom(tx, caller)
                .chain(() -> tx.execute(
                        INSERT,
                        caller.id(),
                        terms.name(),
                        terms.description(),
                        request.type(),
                        terms.prizePool(),
                        terms.platformFeePercentage(),
                        terms.rules().toJson(),
                        terms.maxParticipants(),
                        terms.scoringMetrics().toJson(),
                        terms.startsAt(),
                        terms.endsAt()))
                .chain(inserted -> Rows.first(inserted, CompetitionState::of)
                        .map(state -> tx.publishVersion(state.version(), state.created())
                                .replaceWith(() -> Answer.created(
                                        "/v1/competitions/"
                                                + state.competition().id(),
                                        state.etag(),
                                        state.competition())))
                        .orElseGet(() -> rejectCreation(tx, caller)));
    }

    /**
     * Applies a merge patch to an upcoming competition of the caller.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code not-upcoming} (409), {@code stale} (412),
     *     {@code invalid-request} (400), {@code conflict} (409) when the new capacity is below the participant count, {@code
     *     participants-bound} (409)
     */
    Uni<CompetitionState> edit(Caller caller, UUID competition, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> lockOwnUpcoming(tx, caller, competition).chain(before -> {
                    Etags.require(ifMatch, before.version());
                    EditableCompetition editable = EditableCompetition.of(before.competition());
                    EditableCompetition after = patches.apply(patch, editable, EditableCompetition.class);
                    CompetitionTerms known = terms(editable, before);
                    CompetitionTerms terms = terms(after, before);
                    List<String> changed = terms.changedSince(known);
                    requireCapacity(terms, before.competition().participantCount());
                    if (before.competition().participantCount() > 0) {
                        requireInFavour(terms.changedAgainstParticipants(known));
                    }
                    return changed.isEmpty()
                            ? Uni.createFrom().item(before)
                            : update(tx, competition, terms)
                                    .call(state -> tx.publishVersion(state.version(), state.changed(changed)));
                }));
    }

    /**
     * Cancels an upcoming competition within the given transaction, as its creator or as a platform admin. A cancellation is final.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code not-upcoming} (409)
     */
    Uni<Answer> cancel(Tx tx, Caller caller, UUID competition) {
        return lock(tx, competition)
                .invoke(state -> {
                    if (!caller.platformAdmin()) {
                        requireCreator(caller, state);
                    }
                    requireUpcoming(state);
                })
                .chain(() -> tx.execute(CANCEL, competition))
                .map(rows -> CompetitionState.of(rows.iterator().next()))
                .call(state -> tx.publishVersion(state.version(), state.cancelled()))
                .map(state -> new Answer(200, null, state.etag(), state.competition()));
    }

    private Uni<Void> requireRoom(Tx tx, Caller caller) {
        return tx.execute(LOCK_CREATIONS, caller.id())
                .chain(() -> tx.execute(COUNT_OPEN, caller.id()))
                .invoke(rows -> {
                    if (rows.iterator().next().getLong("open") >= maxOpenCompetitions) {
                        throw ProblemKind.LIMIT_REACHED.because(
                                "An organiser has at most " + maxOpenCompetitions
                                        + " upcoming and active competitions; another can be created once one of them is over.");
                    }
                })
                .replaceWithVoid();
    }

    private static CompetitionTerms terms(EditableCompetition request, CompetitionState before) {
        return CompetitionTerms.of(
                request, before.isDuel(), before.competition().startsAt());
    }

    private static void requireCapacity(CompetitionTerms terms, long participants) {
        if (terms.maxParticipants() != null && terms.maxParticipants() < participants) {
            throw ProblemKind.CONFLICT.because(
                    participants + " already participate; maxParticipants must be at least that many.");
        }
    }

    private static void requireInFavour(List<String> changedAgainstParticipants) {
        if (!changedAgainstParticipants.isEmpty()) {
            throw ProblemKind.PARTICIPANTS_BOUND.because(
                    "Only prizePool and maxParticipants may go up, and platformFeePercentage"
                            + " down. It is against that: " + String.join(", ", changedAgainstParticipants) + ".");
        }
    }

    private static Uni<CompetitionState> update(Tx tx, UUID competition, CompetitionTerms terms) {
        return tx.execute(
                        UPDATE,
                        competition,
                        terms.name(),
                        terms.description(),
                        terms.prizePool(),
                        terms.platformFeePercentage(),
                        terms.rules().toJson(),
                        terms.maxParticipants(),
                        terms.scoringMetrics().toJson(),
                        terms.startsAt(),
                        terms.endsAt())
                .map(rows -> CompetitionState.of(rows.iterator().next()));
    }

    private static Uni<CompetitionState> lockOwnUpcoming(Tx tx, Caller caller, UUID competition) {
        return lock(tx, competition).invoke(state -> {
            requireCreator(caller, state);
            requireUpcoming(state);
        });
    }

    private static Uni<CompetitionState> lock(Tx tx, UUID competition) {
        return tx.execute(LOCK, competition)
                .map(rows -> Rows.first(rows, CompetitionState::of).orElseThrow(CompetitionState::notFound));
    }

    private static void requireCreator(Caller caller, CompetitionState state) {
        if (!caller.id().equals(state.competition().creatorId())) {
            throw ProblemKind.FORBIDDEN.because("Only the competition's creator may do this.");
        }
    }

    private static void requireUpcoming(CompetitionState state) {
        if (!state.competition().status().equals("upcoming")) {
            throw ProblemKind.NOT_UPCOMING.because(
                    "It is " + state.competition().status() + " and cannot be changed; create another competition.");
        }
    }

    private static Uni<Answer> rejectCreation(Tx tx, Caller caller) {
        return tx.execute(PROFILE_EXISTS, caller.id()).map(known -> {
            throw known.size() == 0
                    ? Refusals.noProfile()
                    : ProblemKind.TIER_TOO_LOW.because("Only gladiators and legends can create competitions.");
        });
    }
}
