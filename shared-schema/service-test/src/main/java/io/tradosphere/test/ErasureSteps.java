package io.tradosphere.test;

import io.restassured.RestAssured;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import java.util.List;
import java.util.Objects;

/** Common steps of the services' erasure tests. */
public final class ErasureSteps {

    private ErasureSteps() {}

    /** Whether the service is ready and serves its OpenAPI document. */
    public static boolean isUp() {
        return RestAssured.get("/q/health/ready").statusCode() == 200
                && RestAssured.get("/q/openapi").statusCode() == 200;
    }

    /** The events of a type that the topic currently holds under a key. */
    public static <E extends Event> List<E> told(Topic topic, Object key, Class<E> kind) {
        return TopicReader.records(topic.topicName(), key.toString()).stream()
                .map(TopicReader::event)
                .filter(Objects::nonNull)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Whether the last record of the key is a tombstone. */
    public static boolean isEnded(Topic topic, Object key) {
        var records = TopicReader.records(topic.topicName(), key.toString());
        return !records.isEmpty() && records.get(records.size() - 1).value() == null;
    }
}
