package io.tradosphere.signal.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.platform.http.Page;
import io.tradosphere.signal.list.FirstPage.RenderedPage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstPageTest {

    private final Deque<Promise<RenderedPage>> loads = new ArrayDeque<>();
    private final AtomicLong now = new AtomicLong();
    private final FirstPage page = new FirstPage(this::load, now::get);
    private int count;

    @BeforeEach
    void the_clock_starts_near_its_overflow() {
        now.set(Long.MAX_VALUE - FirstPage.OLDEST.toNanos());
    }

    @Test
    void nothing_is_loaded_before_the_first_request() {
        assertThat(page.cached()).isNull();
        assertThat(count).isZero();
    }

    @Test
    void requests_during_a_load_share_that_load() {
        Future<RenderedPage> first = page.find();
        Future<RenderedPage> second = page.find();

        RenderedPage read = completes();

        assertThat(count).isEqualTo(1);
        assertThat(first.result()).isSameAs(read);
        assertThat(second.result()).isSameAs(read);
        assertThat(page.cached()).isSameAs(read);
    }

    @Test
    void a_page_is_cached_until_250_ms_after_its_load_began() {
        page.find();
        passes(100);
        RenderedPage read = completes();

        passes(150);
        assertThat(page.cached()).isSameAs(read);
        assertThat(page.find().result()).isSameAs(read);

        passes(1);
        assertThat(page.cached()).isNull();
    }

    @Test
    void a_load_that_began_too_long_before_a_request_does_not_serve_it() {
        Future<RenderedPage> early = page.find();
        passes(251);
        Future<RenderedPage> late = page.find();

        RenderedPage old = completes();
        assertThat(early.result()).isSameAs(old);
        assertThat(late.isComplete()).isFalse();

        RenderedPage young = completes();
        assertThat(late.result()).isSameAs(young);
        assertThat(count).isEqualTo(2);
    }

    @Test
    void a_failed_load_fails_its_waiting_requests_and_is_not_cached() {
        Future<RenderedPage> failed = page.find();
        loads.remove().fail("away");
        assertThat(failed.failed()).isTrue();

        Future<RenderedPage> next = page.find();
        RenderedPage read = completes();

        assertThat(next.result()).isSameAs(read);
    }

    @Test
    void a_page_is_evicted_unless_a_newer_one_has_replaced_it() {
        page.find();
        RenderedPage old = completes();
        passes(300);
        page.find();
        RenderedPage young = completes();

        page.evict(old);
        assertThat(page.cached()).isSameAs(young);

        page.evict(young);
        assertThat(page.cached()).isNull();
    }

    private Future<RenderedPage> load() {
        count++;
        Promise<RenderedPage> load = Promise.promise();
        loads.add(load);
        return load.future();
    }

    private RenderedPage completes() {
        RenderedPage rendered = new RenderedPage(new Page<>(List.of(), null), Buffer.buffer("page"), null);
        loads.remove().complete(rendered);
        return rendered;
    }

    private void passes(long millis) {
        now.addAndGet(millis * 1_000_000);
    }
}
