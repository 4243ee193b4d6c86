package io.tradosphere.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private static final String CHUNKED = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            transfer-encoding: chunked\r
            \r
            7\r
            id: 12
            \r
            15\r
            data: {"a":"é#7#"}

            \r
            """;

    private static final String PLAIN = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            \r
            id: 12
            data: {"a":"é#7#"}

            """;

    private final List<String> seen = new ArrayList<>();
    private final EventReader.Listener listener = new EventReader.Listener() {
        @Override
        public void began(int status) {
            seen.add("began " + status);
        }

        @Override
        public void line(String line) {
            seen.add(line);
        }
    };

    @Test
    void lines_are_the_same_wherever_the_bytes_are_cut() {
        for (String response : List.of(CHUNKED, PLAIN)) {
            byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                seen.clear();
                EventReader reader = new EventReader(listener);

                reader.read(Buffer.buffer(bytes).slice(0, cut));
                reader.read(Buffer.buffer(bytes).slice(cut, bytes.length));

                assertThat(seen)
                        .as("cut at %d", cut)
                        .containsExactly("began 200", "id: 12", "data: {\"a\":\"é#7#\"}", "");
            }
        }
    }

    @Test
    void a_refusal_says_its_status() {
        new EventReader(listener).read(Buffer.buffer("HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n"));

        assertThat(seen).containsExactly("began 429");
    }
}
