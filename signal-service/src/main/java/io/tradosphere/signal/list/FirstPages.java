package io.tradosphere.signal.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.signal.list.FirstPage.Written;
import io.tradosphere.signal.view.SignalStatus;
import io.tradosphere.signal.view.SignalView;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The first pages that are the same for everybody, in memory: of all signals, and of the active ones. */
@ApplicationScoped
class FirstPages {

    /** The path of the list. */
    static final String PATH = "/v1/signals";

    /** Written like this and not otherwise, so that there are no more than a few hundred of these pages. */
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");

    private static final long FORGOTTEN_AFTER_MILLIS = 2_000;

    private final SignalLists lists;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final Map<String, FirstPage> pages = new ConcurrentHashMap<>();

    FirstPages(SignalLists lists, ObjectMapper json, Vertx vertx) {
        this.lists = lists;
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * The page that a request asks for; empty when it asks for something else.
     *
     * @param rawQuery null for none
     */
    Optional<FirstPage> asked(String rawQuery) {
        String query = rawQuery == null ? "" : rawQuery;
        FirstPage known = pages.get(query);
        return known != null ? Optional.of(known) : made(query);
    }

    private Optional<FirstPage> made(String query) {
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
        return Optional.of(pages.computeIfAbsent(query, unknown -> page(query, filter, page)));
    }

    private FirstPage page(String query, SignalFilter filter, PageRequest request) {
        FirstPage[] self = new FirstPage[1];
        self[0] = new FirstPage(
                () -> {
                    Promise<Page<SignalView>> read = Promise.promise();
                    lists.list(filter, request).subscribe().with(read::complete, read::fail);
                    return read.future()
                            .map(page -> write(query, page))
                            .onSuccess(written -> forgetInTime(self[0], written));
                },
                System::nanoTime);
        return self[0];
    }

    private void forgetInTime(FirstPage page, Written written) {
        vertx.setTimer(FORGOTTEN_AFTER_MILLIS, timer -> page.forget(written));
    }

    private Written write(String query, Page<SignalView> page) {
        try {
            return new Written(page, sendable(json.writeValueAsBytes(page)), link(query, page.nextCursor()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A page of signals cannot be written as JSON", impossible);
        }
    }

    /** Outside the heap, from where a socket takes it without another copy; whoever sends it releases it in vain. */
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
