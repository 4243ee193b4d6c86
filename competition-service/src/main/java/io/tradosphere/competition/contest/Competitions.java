package io.tradosphere.competition.contest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Announcing, changing and calling off competitions. */
@ApplicationScoped
class Competitions {

    static final ProblemKind PAID_ENTRY_UNAVAILABLE =
            new ProblemKind("paid-entry-unavailable", 400, "Joining cannot cost anything yet");
    static final ProblemKind NOT_UPCOMING =
            new ProblemKind("not-upcoming", 409, "The competition is no longer upcoming");

    private static final String CREATE = """
            INSERT INTO competitions AS c (creator_id, name, description, type, entry_fee, prize_pool,
              platform_fee_percentage, rules, max_participants, scoring_metrics, starts_at, ends_at)
            SELECT id, $2, $3, $4, 0, $5::numeric, $6::numeric, $7::text::jsonb, $8::integer, $9::text::jsonb,
              $10::timestamptz, $11::timestamptz
            FROM profiles WHERE id = $1 AND tier IN ('gladiator', 'legend')
            RETURNING
            """ + CompetitionState.COLUMNS;

    private static final String CALLER_KNOWN = "SELECT FROM profiles WHERE id = $1";
    private static final String LOCK = "SELECT " + CompetitionState.COLUMNS + " FROM competition_for_change($1) c";
    private static final String EDIT = """
            UPDATE competitions c SET name = $2, description = $3, prize_pool = $4, platform_fee_percentage = $5,
              rules = $6::text::jsonb, max_participants = $7, scoring_metrics = $8::text::jsonb, starts_at = $9, ends_at = $10
            WHERE id = $1 RETURNING
            """ + CompetitionState.COLUMNS;
    private static final String CANCEL =
            "UPDATE competitions c SET status = 'cancelled' WHERE id = $1 RETURNING " + CompetitionState.COLUMNS;

    private final Slice slice;
    private final MergePatch patches;

    Competitions(Slice slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /**
     * Announces a competition of the caller's within the given transaction.
     *
     * @throws Problem {@code invalid-request} (400), {@code paid-entry-unavailable} (400), {@code profile-required} (403),
     *     {@code tier-too-low} (403)
     */
    Uni<Answer> create(Tx tx, Caller caller, NewCompetition asked) {
        if (asked.isPaid()) {
            throw PAID_ENTRY_UNAVAILABLE.because("Leave entryFee out, or make it 0.");
        }
        Terms terms = Terms.of(asked.editable(), asked.type().equals(NewCompetition.DUEL), null);
        return tx.execute(
                        CREATE,
                        caller.id(),
                        terms.name(),
                        terms.description(),
                        asked.type(),
                        terms.prizePool(),
                        terms.platformFeePercentage(),
                        terms.rules().toJson(),
                        terms.maxParticipants(),
                        terms.scoringMetrics().toJson(),
                        terms.startsAt(),
                        terms.endsAt())
                .chain(made -> Rows.first(made, CompetitionState::of)
                        .map(state -> tx.publishVersion(state.version(), state.created())
                                .replaceWith(() -> Answer.created(
                                        "/v1/competitions/"
                                                + state.competition().id(),
                                        state.etag(),
                                        state.competition())))
                        .orElseGet(() -> refuse(tx, caller)));
    }

    /**
     * Applies a merge patch to an upcoming competition of the caller's.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code not-upcoming} (409), {@code stale} (412),
     *     {@code invalid-request} (400), {@code conflict} (409) for fewer places than are taken
     */
    Uni<CompetitionState> edit(Caller caller, UUID competition, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> lockOwnUpcoming(tx, caller, competition).chain(before -> {
                    Etags.require(ifMatch, before.version());
                    EditableCompetition editable = EditableCompetition.of(before.competition());
                    EditableCompetition after = patches.apply(patch, editable, EditableCompetition.class);
                    Terms known = terms(editable, before);
                    Terms terms = terms(after, before);
                    requirePlaces(terms, before.competition().participantCount());
                    return terms.equals(known) ? Uni.createFrom().item(before) : store(tx, competition, terms);
                }));
    }

    /**
     * Calls an upcoming competition of the caller's off, for good, within the given transaction.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code not-upcoming} (409)
     */
    Uni<Answer> cancel(Tx tx, Caller caller, UUID competition) {
        return lockOwnUpcoming(tx, caller, competition)
                .chain(() -> tx.execute(CANCEL, competition))
                .map(rows -> CompetitionState.of(rows.iterator().next()))
                .call(state -> tx.publishVersion(state.version(), state.cancelled()))
                .map(state -> new Answer(200, null, state.etag(), state.competition()));
    }

    private static Terms terms(EditableCompetition asked, CompetitionState before) {
        return Terms.of(asked, before.isDuel(), before.competition().startsAt());
    }

    private static void requirePlaces(Terms terms, long taken) {
        if (terms.maxParticipants() != null && terms.maxParticipants() < taken) {
            throw Problems.CONFLICT.because(taken + " take part already; leave at least so many places.");
        }
    }

    private static Uni<CompetitionState> store(Tx tx, UUID competition, Terms terms) {
        return tx.execute(
                        EDIT,
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
        return tx.execute(LOCK, competition).map(rows -> {
            CompetitionState state = Rows.first(rows, CompetitionState::of).orElseThrow(CompetitionState::unknown);
            if (!caller.id().equals(state.competition().creatorId())) {
                throw Problems.FORBIDDEN.because("Only the competition's creator may do this.");
            }
            if (!state.competition().status().equals("upcoming")) {
                throw NOT_UPCOMING.because(
                        "It is " + state.competition().status() + " and stays as it is; announce another one.");
            }
            return state;
        });
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller) {
        return tx.execute(CALLER_KNOWN, caller.id()).map(known -> {
            throw known.size() == 0
                    ? Refusals.noProfile()
                    : Refusals.TIER_TOO_LOW.because("Competitions are held by gladiators and legends.");
        });
    }
}
