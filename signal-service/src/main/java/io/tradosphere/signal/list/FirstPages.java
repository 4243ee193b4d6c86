package io.tradosphere.signal.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.tradosphere.platform.http.CursorSigner;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.signal.list.FirstPage.RenderedPage;
import io.tradosphere.signal.view.SignalStatus;
import io.tradosphere.signal.view.SignalView;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The in-memory first pages that are the same for every caller: of all signals, and of the active ones. */
@ApplicationScoped
class FirstPages {

    /** The path of the list. */
    static final String PATH = "/v1/signals";

    /** Only canonical limits, so that there are at most a few hundred pages. */
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");

    private static final long EVICTED_AFTER_MILLIS = 2_000;

    private final SignalLists lists;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final CursorSigner cursors;
    private final Map<String, FirstPage> pages = new ConcurrentHashMap<>();

    FirstPages(SignalLists lists, ObjectMapper json, Vertx vertx, CursorSigner cursors) {
        this.lists = lists;
        this.json = json;
        this.vertx = vertx;
        this.cursors = cursors;
    }

    /**
     * The page that a request asks for; empty when it asks for something else.
     *
     * @param rawQuery null for none
     */
    Optional<FirstPage> find(String rawQuery) {
        String query = rawQuery == null ? "" : rawQuery;
        FirstPage known = pages.get(query);
        return known != null ? Optional.of(known) : create(query);
    }

    private Optional<FirstPage> create(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (parts.length < 2 || parameters.put(parts[0], parts[1]) != null) {
                return Optional.empty();
            }
        }
        String limit = parameters.remove("limit");
        String status = parameters.remove("status");
        if (!parameters.isEmpty()
                || limit != null && !LIMIT.matcher(limit).matches()
                || status != null && !status.equals(SignalStatus.ACTIVE)) {
            return Optional.empty();
        }
        SignalFilter filter = SignalFilter.of(status, null, null, null, null);
        PageRequest page = PageRequest.of(limit, null);
        Map<String, List<String>> filters = status == null ? Map.of() : Map.of("status", List.of(status));
        return Optional.of(pages.computeIfAbsent(query, unknown -> page(query, filters, filter, page)));
    }

    private FirstPage page(String query, Map<String, List<String>> filters, SignalFilter filter, PageRequest request) {
        FirstPage[] self = new FirstPage[1];
        self[0] = new FirstPage(
                () -> {
                    Promise<Page<SignalView>> read = Promise.promise();
                    lists.list(filter, request).subscribe().with(read::complete, read::fail);
                    return read.future()
                            .map(page -> write(query, filters, page))
                            .onSuccess(rendered -> evictLater(self[0], rendered));
                },
                System::nanoTime);
        return self[0];
    }

    private void evictLater(FirstPage page, RenderedPage rendered) {
        vertx.setTimer(EVICTED_AFTER_MILLIS, timer -> page.evict(rendered));
    }

    private RenderedPage write(String query, Map<String, List<String>> filters, Page<SignalView> page) {
        Page<SignalView> signed = cursors.sign(page, PATH, filters);
        try {
            return new RenderedPage(page, sendable(json.writeValueAsBytes(signed)), link(query, signed.nextCursor()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A page of signals cannot be rendered as JSON", impossible);
        }
    }

    /** Outside the heap, so that a socket sends it without another copy. A sender cannot release it. */
    private static Buffer sendable(byte[] body) {
        ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body).flip();
        return Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct)));
    }

    private static CharSequence link(String query, String cursor) {
        if (cursor == null) {
            return null;
        }
        String before = query.isEmpty() ? "" : query + "&";
        return HttpHeaders.createOptimized("<" + PATH + "?" + before + "cursor=" + cursor + ">; rel=\"next\"");
    }
}
