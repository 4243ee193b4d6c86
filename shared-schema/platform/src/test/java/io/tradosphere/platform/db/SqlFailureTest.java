package io.tradosphere.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SqlFailureTest {

    @Test
    void a_connection_that_died_while_it_was_handed_out_means_that_the_database_is_away() {
        // given the words in which the client says so, without a type of their own
        Throwable died = Future.failedFuture("Connection is not active now, current status: CLOSED")
                .cause();

        // then
        assertThat(SqlFailure.of(died)).isEqualTo(SqlFailure.UNAVAILABLE);
        assertThat(SqlFailure.of(new IOException("Connection reset by peer"))).isEqualTo(SqlFailure.UNAVAILABLE);
    }

    @Test
    void a_pool_without_a_free_connection_in_time_is_unavailable() {
        assertThat(SqlFailure.of(new NoStackTraceThrowable("Timeout"))).isEqualTo(SqlFailure.UNAVAILABLE);
    }

    @Test
    void what_the_database_says_decides_whether_the_same_may_succeed_later() {
        assertThat(SqlFailure.of(says("57P03"))).isEqualTo(SqlFailure.UNAVAILABLE);
        assertThat(SqlFailure.of(says("57014"))).isEqualTo(SqlFailure.BUSY);
        assertThat(SqlFailure.of(says("40P01"))).isEqualTo(SqlFailure.BUSY);
        assertThat(SqlFailure.of(says("23514"))).isEqualTo(SqlFailure.REFUSED);
        assertThat(SqlFailure.of(says("42501"))).isEqualTo(SqlFailure.OTHER);
        assertThat(SqlFailure.of(new IllegalStateException("a defect"))).isEqualTo(SqlFailure.OTHER);
    }

    private static PgException says(String state) {
        return new PgException("as PostgreSQL words it", "ERROR", state, null);
    }
}
