package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEdited;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SignalTest {

    @Test
    void everybody_sees_a_signal_and_the_signed_in_their_own_reaction_too() {
        UUID signal = posted(creator(), call(freshSymbol()));
        Person fan = known(Tier.FREE);
        react(signal, fan);

        Person.nobody()
                .get("/v1/signals/{id}", signal)
                .then()
                .statusCode(200)
                .body("id", equalTo(signal.toString()))
                .body("myReaction", nullValue());
        fan.asking().get("/v1/signals/{id}", signal).then().statusCode(200).body("myReaction", equalTo("rocket"));
        Person.nobody().get("/v1/signals/{id}", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void what_surrounds_the_call_can_be_edited_and_the_world_is_told_which_fields() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        String before = Person.nobody().get("/v1/signals/{id}", signal).header("ETag");

        Response edited = patch(
                creator,
                signal,
                before,
                "{\"timeframe\":\"1D\",\"positionSize\":123456789012.12345678,\"rationale\":\"because\"}");

        edited.then()
                .statusCode(200)
                .header("ETag", not(equalTo(before)))
                .body("timeframe", equalTo("1D"))
                .body("positionSize", equalTo("123456789012.12345678"));
        Told told = Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.edited");
        SignalEdited event = told.event(1, SignalEdited.class);
        assertThat(event.changedFields()).containsExactly("timeframe", "positionSize");
        assertThat(event.positionSize()).isEqualTo(new BigDecimal("123456789012.12345678"));

        patch(creator, signal, before, "{\"timeframe\":null}").then().statusCode(412);
        patch(creator, signal, null, "{\"timeframe\":null}")
                .then()
                .statusCode(200)
                .body("timeframe", nullValue());
    }

    @Test
    void an_edit_that_changes_nothing_tells_nobody() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        String etag = Person.nobody().get("/v1/signals/{id}", signal).header("ETag");

        patch(creator, signal, null, "{\"rationale\":\"because\"}")
                .then()
                .statusCode(200)
                .header("ETag", equalTo(etag));

        Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entryPrice", "targetPrice", "stopLoss", "direction", "assetSymbol", "status", "postedAt"})
    void what_was_called_is_never_edited(String field) {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        patch(creator, signal, null, "{\"" + field + "\":\"1\"}")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void only_its_creator_edits_a_signal_and_only_while_it_is_active() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        patch(creator(), signal, null, "{\"timeframe\":\"1D\"}").then().statusCode(403);
        patch(creator, UUID.randomUUID(), null, "{\"timeframe\":\"1D\"}").then().statusCode(404);
        patch(creator, signal, null, "{\"positionSize\":\"0.123456789\"}")
                .then()
                .statusCode(400);
        patch(creator, signal, null, "{\"rationale\":null}").then().statusCode(400);
        asksToResolve(creator, signal, "cancelled", null).then().statusCode(200);
        patch(creator, signal, null, "{\"timeframe\":\"1D\"}")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("already-resolved")));
    }

    @Test
    void in_its_first_minute_a_signal_is_taken_back_even_if_somebody_has_answered() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        react(signal, known(Tier.FREE));

        delete(creator, signal).then().statusCode(204);

        Person.nobody().get("/v1/signals/{id}", signal).then().statusCode(404);
        Told told = Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.deleted");
        assertThat(told.event(1, SignalDeleted.class).signalId()).isEqualTo(signal);
        delete(creator, signal).then().statusCode(404);
    }

    @Test
    void later_a_signal_is_taken_back_only_while_nobody_has_seen_or_answered_it() {
        Person creator = creator();
        UUID unseen = postedBefore(creator, freshSymbol(), 61);
        UUID answered = postedBefore(creator, freshSymbol(), 61);
        UUID seen = postedBefore(creator, freshSymbol(), 61);
        react(answered, known(Tier.FREE));
        Sql.asSuperuser().execute("INSERT INTO signal_views (signal_id, bucket_at, views) VALUES (?, now(), 1)", seen);

        delete(creator, unseen).then().statusCode(204);
        for (UUID kept : List.of(answered, seen)) {
            delete(creator, kept).then().statusCode(409).body("type", equalTo(problem("already-seen")));
            Person.nobody().get("/v1/signals/{id}", kept).then().statusCode(200);
        }
    }

    @Test
    void a_resolved_signal_and_that_of_somebody_else_is_never_taken_back() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        delete(creator(), signal).then().statusCode(403);
        Person.nobody().delete("/v1/signals/{id}", signal).then().statusCode(401);
        asksToResolve(creator, signal, "miss", "90").then().statusCode(200);
        delete(creator, signal).then().statusCode(409).body("type", equalTo(problem("already-resolved")));
    }

    private static Response patch(Person person, UUID signal, String ifMatch, String patch) {
        var request = person.asking().contentType(MergePatch.MEDIA_TYPE).body(patch);
        return (ifMatch == null ? request : request.headers(Map.of("If-Match", ifMatch)))
                .patch("/v1/signals/{id}", signal);
    }

    private static Response delete(Person person, UUID signal) {
        return person.asking().delete("/v1/signals/{id}", signal);
    }

    private static void react(UUID signal, Person fan) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'rocket')",
                        signal,
                        fan.id());
    }
}
