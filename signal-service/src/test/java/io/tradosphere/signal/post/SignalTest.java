package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
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
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
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
    void everybody_sees_a_signal_and_signed_in_callers_their_own_reaction() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        TestUser fan = known(Tier.FREE);
        react(signal, fan);

        TestUser.nobody()
                .get("/v1/signals/{id}", signal)
                .then()
                .statusCode(200)
                .body("id", equalTo(signal.toString()))
                .body("myReaction", nullValue());
        fan.asking().get("/v1/signals/{id}", signal).then().statusCode(200).body("myReaction", equalTo("rocket"));
        TestUser.nobody().get("/v1/signals/{id}", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void editable_fields_are_edited_and_the_event_names_them() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        String before = TestUser.nobody().get("/v1/signals/{id}", signal).header("ETag");

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
        PublishedEvents published =
                PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.edited");
        SignalEdited event = published.event(1, SignalEdited.class);
        assertThat(event.changedFields()).containsExactly("timeframe", "positionSize");
        assertThat(event.positionSize()).isEqualTo(new BigDecimal("123456789012.12345678"));

        patch(creator, signal, before, "{\"timeframe\":null}").then().statusCode(412);
        patch(creator, signal, null, "{\"timeframe\":null}")
                .then()
                .statusCode(200)
                .body("timeframe", nullValue());
    }

    @Test
    void an_edit_that_changes_nothing_publishes_no_event() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        String etag = TestUser.nobody().get("/v1/signals/{id}", signal).header("ETag");

        patch(creator, signal, null, "{\"rationale\":\"because\"}")
                .then()
                .statusCode(200)
                .header("ETag", equalTo(etag));

        PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entryPrice", "targetPrice", "stopLoss", "direction", "assetSymbol", "status", "postedAt"})
    void asset_direction_and_prices_are_never_edited(String field) {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        patch(creator, signal, null, "{\"" + field + "\":\"1\"}")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void only_its_creator_edits_a_signal_and_only_while_it_is_active() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

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
    void in_its_first_minute_a_signal_is_deleted_despite_reactions() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        react(signal, known(Tier.FREE));

        delete(creator, signal).then().statusCode(204);

        TestUser.nobody().get("/v1/signals/{id}", signal).then().statusCode(404);
        PublishedEvents published =
                PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.deleted");
        assertThat(published.event(1, SignalDeleted.class).signalId()).isEqualTo(signal);
        delete(creator, signal).then().statusCode(404);
    }

    @Test
    void after_its_first_minute_a_signal_is_not_deleted_even_if_nobody_has_seen_it() {
        TestUser creator = creator();
        UUID signal = postedBefore(creator, freshSymbol(), 61);

        delete(creator, signal)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("no-longer-deletable")))
                .body("detail", containsString("Cancel it"));

        TestUser.nobody().get("/v1/signals/{id}", signal).then().statusCode(200);
        PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString());
    }

    @Test
    void a_cancelled_signal_stays_visible_and_is_not_deleted() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        asksToResolve(creator, signal, "cancelled", null).then().statusCode(200);

        delete(creator, signal).then().statusCode(409).body("type", equalTo(problem("already-resolved")));

        TestUser.nobody().get("/v1/signals/{id}", signal).then().statusCode(200).body("status", equalTo("cancelled"));
        TestUser.nobody()
                .get("/v1/signals?creatorId={id}", creator.id())
                .then()
                .statusCode(200)
                .body("items.id", hasItem(signal.toString()));
    }

    @Test
    void a_resolved_signal_and_one_of_another_creator_are_never_deleted() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        delete(creator(), signal).then().statusCode(403);
        TestUser.nobody().delete("/v1/signals/{id}", signal).then().statusCode(401);
        asksToResolve(creator, signal, "miss", "90").then().statusCode(200);
        delete(creator, signal).then().statusCode(409).body("type", equalTo(problem("already-resolved")));
    }

    private static Response patch(TestUser person, UUID signal, String ifMatch, String patch) {
        var request = person.asking().contentType(MergePatch.MEDIA_TYPE).body(patch);
        return (ifMatch == null ? request : request.headers(Map.of("If-Match", ifMatch)))
                .patch("/v1/signals/{id}", signal);
    }

    private static Response delete(TestUser person, UUID signal) {
        return person.asking().delete("/v1/signals/{id}", signal);
    }

    private static void react(UUID signal, TestUser fan) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'rocket')",
                        signal,
                        fan.id());
    }
}
