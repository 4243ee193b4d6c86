package io.tradosphere.test;

import io.restassured.RestAssured;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import java.util.List;
import java.util.Objects;

/** What the services' tests of erasure have in common. */
public final class ForgettingSteps {

    private ForgettingSteps() {}

    /** Whether the service says that it is ready, and serves its description even before it has any operation. */
    public static boolean isUp() {
        return RestAssured.get("/q/health/ready").statusCode() == 200
                && RestAssured.get("/q/openapi").statusCode() == 200;
    }

    /** The events of that kind that the topic holds by now under that key. */
    public static <E extends Event> List<E> told(Topic topic, Object key, Class<E> kind) {
        return TopicTap.records(topic.topicName(), key.toString()).stream()
                .map(TopicTap::event)
                .filter(Objects::nonNull)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Whether the last record of that key is its tombstone. */
    public static boolean isEnded(Topic topic, Object key) {
        var records = TopicTap.records(topic.topicName(), key.toString());
        return !records.isEmpty() && records.get(records.size() - 1).value() == null;
    }
}
