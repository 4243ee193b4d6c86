package io.tradosphere.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.contracts.Topic;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The event contract and the services' descriptions say the same about who writes what. */
class TopicWritersTest {

    @Test
    void every_topic_is_written_by_one_service_or_from_outside() {
        assertThat(Services.all().stream().flatMap(service -> service.topics().stream()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .filter(topic -> !topic.isWrittenFromOutside())
                        .map(Topic::topicName)
                        .toList());
    }

    @Test
    void a_service_writes_topics_of_its_own_slice() {
        for (ServiceDescription service : Services.all()) {
            assertThat(service.topics()).allMatch(topic -> topic.startsWith("tradosphere." + service.schema() + "."));
        }
    }
}
