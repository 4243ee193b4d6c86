package io.tradosphere.signal.audience;

import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.audience.AudienceSteps.blocks;
import static io.tradosphere.signal.audience.AudienceSteps.losesAccess;
import static io.tradosphere.signal.audience.AudienceSteps.subscriberOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.contracts.Topic;
import io.tradosphere.signal.replica.SocialEvents;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Before its resolution a signal for subscribers is found by nobody else: not by any call of the service's document, not on any public
 * topic, not in SQL. A call about it answers as one about a signal that does not exist.
 */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SecrecyTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOT_PERMITTED = "42501";
    private static final String TEXT = "nobody-else-reads-this";
    private static final String LEVEL = "104.1931";

    @Inject
    ObjectMapper json;

    private final Map<String, Supplier<RequestSpecification>> outsiders = new LinkedHashMap<>();
    private final Map<String, TestUser> people = new LinkedHashMap<>();
    private TestUser creator;
    private String symbol;
    private UUID signal;
    private UUID comment;

    /** A call of the service's document. */
    private record Call(String method, String path, String contentType, String body, List<String> filters) {

        Response send(RequestSpecification request, Map<String, String> path, Map<String, String> query) {
            if (body != null) {
                request.contentType(contentType).body(body);
            }
            return request.pathParams(path).queryParams(query).request(method, this.path);
        }
    }

    @BeforeEach
    void a_signal_for_subscribers_with_engagement() {
        creator = creator();
        symbol = freshSymbol();
        TestUser subscriber = subscriberOf(creator);
        Map<String, Object> fields = AudienceSteps.forSubscribers(symbol);
        fields.put("rationale", TEXT);
        fields.put("targetPrice", LEVEL);
        signal = posted(creator, fields);
        comment = commented(subscriber, signal);
        subscriber
                .asking()
                .body(Map.of("type", "rocket"))
                .put("/v1/signals/{id}/reaction", signal)
                .then()
                .statusCode(204);
        subscriber.asking().post("/v1/signals/{id}/views", signal).then().statusCode(204);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT view_count + like_count + comment_count FROM signals WHERE id = ?",
                                        signal)
                        == 3);

        people.put("stranger", creator());
        people.put("follower", creator());
        people.put("former subscriber", subscriberOf(creator));
        people.put("blocked subscriber", subscriberOf(creator));
        SocialEvents.follows(people.get("follower"), creator);
        losesAccess(people.get("former subscriber"), creator);
        blocks(creator, people.get("blocked subscriber"));
        outsiders.put("anonymous", TestUser::nobody);
        people.forEach((name, person) -> outsiders.put(name, person::asking));
    }

    @Test
    void no_call_shows_it_or_tells_that_it_exists() {
        List<String> leaks = new ArrayList<>();
        for (Call call : calls()) {
            for (Map<String, String> query : queries(call)) {
                outsiders.forEach((name, outsider) -> {
                    Response about = call.send(outsider.get(), ids(call, signal, comment), query);
                    String answer = normalised(about, signal, comment);
                    if (secrets().stream().anyMatch(answer::contains)) {
                        leaks.add(name + " reads it by " + call + query);
                    }
                    UUID other = UUID.randomUUID();
                    UUID otherComment = UUID.randomUUID();
                    if (call.path().contains("{signalId}")
                            && !answer.equals(normalised(
                                    call.send(outsider.get(), ids(call, other, otherComment), query),
                                    other,
                                    otherComment))) {
                        leaks.add(name + " learns that it exists by " + call + query);
                    }
                });
            }
        }

        assertThat(leaks).isEmpty();
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT concat_ws(' ', status, view_count, like_count, comment_count) FROM signals WHERE id = ?",
                                signal))
                .containsExactly("active 1 1 1");
    }

    @Test
    void no_public_topic_has_it() {
        PublishedEvents.awaitEmptyOutbox();

        for (Topic topic : Topic.values()) {
            if (topic.access() == Topic.Access.PUBLIC) {
                assertThat(TopicReader.mentioning(topic, List.of(signal.toString(), symbol, TEXT)))
                        .as(topic.topicName())
                        .isEmpty();
            }
        }
        PublishedEvents.exactly(Topic.SUBSCRIBER_SIGNALS, creator.id().toString(), "signal.posted");
        assertThat(PublishedEvents.of(Topic.SUBSCRIBER_ENGAGEMENT, signal.toString())
                        .types())
                .containsExactlyInAnyOrder("signal.commented", "signal.reacted", "signal.viewed");
    }

    @Test
    void sql_of_the_service_shows_it_and_what_belongs_to_it_to_nobody_else() {
        people.forEach(
                (name, person) -> assertThat(readable(as(person))).as(name).isZero());
        assertThat(readable(Sql.as(Slice.Role.APP))).isZero();
        assertThat(readable(as(creator))).isEqualTo(4);
        for (UUID id : List.of(signal, UUID.randomUUID())) {
            Sql stranger = as(people.get("stranger"));
            UUID own = people.get("stranger").id();
            assertThat(stranger.refusal(
                            "INSERT INTO signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'fire')",
                            id,
                            own))
                    .isEqualTo(NOT_PERMITTED);
            assertThat(stranger.refusal(
                            "INSERT INTO signal_comments (signal_id, author_id, content) VALUES (?, ?, 'x')", id, own))
                    .isEqualTo(NOT_PERMITTED);
        }
    }

    @Test
    void nobody_sees_the_subscriptions_of_others_or_asks_in_their_name() {
        TestUser subscriber = subscriberOf(creator);
        Sql stranger = as(people.get("stranger"));

        assertThat(stranger.number("SELECT count(*) FROM subscriptions")).isZero();
        assertThat(as(creator).number("SELECT count(*) FROM subscriptions")).isZero();
        assertThat(as(subscriber).number("SELECT count(*) FROM subscriptions")).isEqualTo(1);
        assertThat(stranger.column("SELECT may_read(?, ?)", creator.id(), subscriber.id()))
                .containsExactly(false);
        assertThat(as(subscriber).column("SELECT may_read(?, ?)", creator.id(), subscriber.id()))
                .containsExactly(true);
    }

    private long readable(Sql session) {
        return session.number("""
                SELECT (SELECT count(*) FROM signals WHERE id = ?)
                  + (SELECT count(*) FROM signal_engagement WHERE signal_id = ?)
                  + (SELECT count(*) FROM signal_comments WHERE signal_id = ?)
                  + (SELECT sum(views) IS NOT NULL FROM signal_views WHERE signal_id = ?)::int
                """, signal, signal, signal, signal);
    }

    private static Sql as(TestUser person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }

    private List<String> secrets() {
        return List.of(signal.toString(), comment.toString(), symbol, TEXT, LEVEL);
    }

    private Map<String, String> ids(Call call, UUID signalId, UUID commentId) {
        Map<String, String> known = Map.of(
                "signalId", signalId.toString(),
                "commentId", commentId.toString(),
                "profileId", creator.id().toString(),
                "symbol", symbol);
        Map<String, String> path = new LinkedHashMap<>();
        for (String part : call.path().split("[{}]")) {
            if (call.path().contains("{" + part + "}")) {
                path.put(part, known.getOrDefault(part, UUID.randomUUID().toString()));
            }
        }
        return path;
    }

    /** Without filters, and with each that could find it. */
    private List<Map<String, String>> queries(Call call) {
        Map<String, String> known = Map.of(
                "creatorId", creator.id().toString(),
                "assetSymbol", symbol,
                "assetType", "crypto",
                "direction", "LONG",
                "status", "active",
                "limit", "100");
        List<Map<String, String>> queries = new ArrayList<>(List.of(Map.of()));
        call.filters().stream()
                .filter(known::containsKey)
                .forEach(filter -> queries.add(Map.of(filter, known.get(filter))));
        if (call.filters().contains("creatorId")) {
            queries.add(Map.of("creatorId", creator.id().toString(), "status", "active", "assetSymbol", symbol));
            queries.add(Map.of("assetSymbol", symbol, "assetType", "crypto", "status", "active"));
        }
        return queries;
    }

    /** The response without the ids that the request itself named, and without what differs each time. */
    private String normalised(Response response, UUID signalId, UUID commentId) {
        return (response.statusCode() + " " + response.header("ETag") + " " + response.asString())
                .replace("/v1/signals/" + signalId, "/v1/signals/{signalId}")
                .replace("/comments/" + commentId, "/comments/{commentId}")
                .replaceAll("/assets/[^/\"]*\"", "/assets/{symbol}\"")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    /** Every call of the service's document, with its example as the body. */
    private List<Call> calls() {
        Map<String, Map<String, Object>> paths =
                RestAssured.given().get("/q/openapi?format=json").jsonPath().getMap("paths");
        List<Call> calls = new ArrayList<>();
        paths.forEach((path, operations) -> operations.forEach((method, described) -> {
            if (described instanceof Map<?, ?> operation && operation.containsKey("operationId")) {
                calls.add(call(method, path, operation));
            }
        }));
        assertThat(calls).hasSizeGreaterThan(30);
        return calls;
    }

    private Call call(String method, String path, Map<?, ?> operation) {
        List<String> filters = new ArrayList<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(parameter -> filters.add(String.valueOf(((Map<?, ?>) parameter).get("name"))));
        }
        if (!(operation.get("requestBody") instanceof Map<?, ?> body)) {
            return new Call(method.toUpperCase(Locale.ROOT), path, null, null, filters);
        }
        Map.Entry<?, ?> content =
                ((Map<?, ?>) body.get("content")).entrySet().iterator().next();
        Object example = ((Map<?, ?>) content.getValue()).get("example");
        String text = example instanceof String plain
                ? plain
                : json.valueToTree(example).toString();
        return new Call(method.toUpperCase(Locale.ROOT), path, content.getKey().toString(), text, filters);
    }
}
