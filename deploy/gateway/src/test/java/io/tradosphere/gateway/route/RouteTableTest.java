package io.tradosphere.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/profiles, profile-service",
        "/v1/achievements, profile-service",
        "/v1/signals, signal-service",
        "/v1/feed, signal-service",
        "/v1/trades, signal-service",
        "/v1/watchlists, signal-service",
        "/v1/follows, social-service",
        "/v1/clans, social-service",
        "/v1/subscriptions, billing-service",
        "/v1/plans, billing-service",
        "/v1/tiers, billing-service",
        "/v1/legends-pool, billing-service",
        "/v1/payouts, billing-service",
        "/v1/webhooks/stripe, billing-service",
        "/v1/competitions, competition-service",
        "/v1/streams, streaming-service",
        "/v1/webhooks/agora, streaming-service",
        "/v1/messages, messaging-service",
        "/v1/conversations, messaging-service",
        "/v1/notifications, messaging-service",
        "/v1/realtime, messaging-service"
    })
    void a_prefix_and_what_is_below_it_belong_to_their_service(String prefix, String service) {
        for (String path : new String[] {prefix, prefix + "/", prefix + "/x/y"}) {
            assertThat(RouteTable.of(path)).map(route -> route.service().id()).contains(service);
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
                "/internal/reconciliation/v1/runs",
                "/q/health",
                "/v1/profiles%2Fme"
            })
    void other_paths_belong_to_no_service(String path) {
        assertThat(RouteTable.of(path)).isEmpty();
    }

    @Test
    void the_table_holds_only_paths_of_the_contract() {
        assertThat(RouteTable.all()).hasSize(21);
    }

    @Test
    void a_query_plays_no_part() {
        // Given
        String target = "/v1/signals?x=/v1/profiles";
        // When
        Route route = RouteTable.find(target, RawPath.endOf(target));
        // Then
        assertThat(route.service().id()).isEqualTo("signal-service");
    }
}
