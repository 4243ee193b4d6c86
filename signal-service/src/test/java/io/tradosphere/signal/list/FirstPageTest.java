package io.tradosphere.signal.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.platform.http.Page;
import io.tradosphere.signal.list.FirstPage.Written;
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

    private final Deque<Promise<Written>> readings = new ArrayDeque<>();
    private final AtomicLong now = new AtomicLong();
    private final FirstPage page = new FirstPage(this::read, now::get);
    private int count;

    @BeforeEach
    void the_clock_may_stand_anywhere() {
        now.set(Long.MAX_VALUE - FirstPage.OLDEST.toNanos());
    }

    @Test
    void nothing_is_read_before_somebody_asks() {
        assertThat(page.atHand()).isNull();
        assertThat(count).isZero();
    }

    @Test
    void all_who_ask_while_a_page_is_being_read_share_that_reading() {
        Future<Written> first = page.find();
        Future<Written> second = page.find();

        Written read = completes();

        assertThat(count).isEqualTo(1);
        assertThat(first.result()).isSameAs(read);
        assertThat(second.result()).isSameAs(read);
        assertThat(page.atHand()).isSameAs(read);
    }

    @Test
    void a_page_is_at_hand_until_a_quarter_of_a_second_after_its_reading_began() {
        page.find();
        passes(100);
        Written read = completes();

        passes(150);
        assertThat(page.atHand()).isSameAs(read);
        assertThat(page.find().result()).isSameAs(read);

        passes(1);
        assertThat(page.atHand()).isNull();
    }

    @Test
    void a_reading_that_began_too_long_before_a_request_does_not_answer_it() {
        Future<Written> early = page.find();
        passes(251);
        Future<Written> late = page.find();

        Written old = completes();
        assertThat(early.result()).isSameAs(old);
        assertThat(late.isComplete()).isFalse();

        Written young = completes();
        assertThat(late.result()).isSameAs(young);
        assertThat(count).isEqualTo(2);
    }

    @Test
    void a_failure_is_told_to_those_who_wait_and_not_kept() {
        Future<Written> failed = page.find();
        readings.remove().fail("away");
        assertThat(failed.failed()).isTrue();

        Future<Written> next = page.find();
        Written read = completes();

        assertThat(next.result()).isSameAs(read);
    }

    @Test
    void a_page_is_forgotten_unless_it_has_been_read_anew() {
        page.find();
        Written old = completes();
        passes(300);
        page.find();
        Written young = completes();

        page.forget(old);
        assertThat(page.atHand()).isSameAs(young);

        page.forget(young);
        assertThat(page.atHand()).isNull();
    }

    private Future<Written> read() {
        count++;
        Promise<Written> reading = Promise.promise();
        readings.add(reading);
        return reading.future();
    }

    private Written completes() {
        Written written = new Written(new Page<>(List.of(), null), Buffer.buffer("page"), null);
        readings.remove().complete(written);
        return written;
    }

    private void passes(long millis) {
        now.addAndGet(millis * 1_000_000);
    }
}
