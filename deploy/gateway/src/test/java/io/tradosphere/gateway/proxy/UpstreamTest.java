package io.tradosphere.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.route.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

    private static final GatewayConfig.UpstreamConfig DEFAULTS = new SmallRyeConfigBuilder()
            .withMapping(GatewayConfig.class)
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withConverter(Duration.class, 100, new DurationConverter())
            .build()
            .getConfigMapping(GatewayConfig.class)
            .upstream();

    @Test
    void a_service_without_address_is_named_with_the_variable_to_set() {
        assertThatThrownBy(() -> Upstream.of(Service.named("profile-service"), " , ", DEFAULTS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Set PROFILE_SERVICE_URL to the address of profile-service,"
                        + " such as http://profile-service:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8080", "ftp://host", "http://host/path", "http://", "http://a b", "http://host?x", ":"
            })
    void an_unusable_address_is_named_with_its_variable(String url) {
        assertThatThrownBy(() -> Upstream.of(Service.named("signal-service"), "http://good:1," + url, DEFAULTS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SIGNAL_SERVICE_URL holds '" + url + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "https://host:8443/", "http://[::1]:8080", "http://a:1, http://b:2"})
    void an_address_is_scheme_host_and_port(String urls) {
        assertThatCode(() -> Upstream.of(Service.named("signal-service"), urls, DEFAULTS))
                .doesNotThrowAnyException();
    }
}
