package io.tradosphere.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/profiles, PROFILE",
        "/v1/achievements, PROFILE",
        "/v1/signals, SIGNAL",
        "/v1/feed, SIGNAL",
        "/v1/trades, SIGNAL",
        "/v1/watchlists, SIGNAL",
        "/v1/follows, SOCIAL",
        "/v1/clans, SOCIAL",
        "/v1/subscriptions, BILLING",
        "/v1/plans, BILLING",
        "/v1/tiers, BILLING",
        "/v1/legends-pool, BILLING",
        "/v1/webhooks/stripe, BILLING",
        "/v1/competitions, COMPETITION",
        "/v1/streams, STREAMING",
        "/v1/webhooks/agora, STREAMING",
        "/v1/messages, MESSAGING",
        "/v1/conversations, MESSAGING",
        "/v1/notifications, MESSAGING",
        "/v1/realtime, MESSAGING"
    })
    void a_prefix_and_what_is_below_it_belong_to_their_service(String prefix, Service service) {
        for (String path : new String[] {prefix, prefix + "/", prefix + "/x/y"}) {
            assertThat(RouteTable.of(path)).map(Route::service).contains(service);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/",
                "/v1/signalsX",
                "/v1/signal",
                "/V1/signals",
                "/v1/webhooks",
                "/v2/signals",
                "/v1/webhooks/stripes",
                "/v1/profiles;x=1",
                "/internal/v1/profiles",
                "/q/health",
                "/v1/profiles%2Fme"
            })
    void nothing_else_belongs_to_anybody(String path) {
        assertThat(RouteTable.of(path)).isEmpty();
    }

    @Test
    void there_is_nothing_in_the_table_that_the_contract_does_not_name() {
        assertThat(RouteTable.all()).hasSize(20);
    }

    @Test
    void a_query_plays_no_part() {
        // Given
        String target = "/v1/signals?x=/v1/profiles";
        // When
        Route route = RouteTable.find(target, RawPath.endOf(target));
        // Then
        assertThat(route.service()).isEqualTo(Service.SIGNAL);
    }
}
