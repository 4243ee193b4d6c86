package io.tradosphere.cli.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.StackException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final String URL = "postgresql://127.0.0.1:5432/tradosphere";

    @Test
    void an_operators_database_is_not_reset() {
        assertThatThrownBy(() -> new Target(Map.of("TRADOSPHERE_DB_URL", URL), null).refuseOutsideDevelopment())
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("Refused");
    }

    @Test
    void a_database_for_development_may_be_reset() {
        Map<String, String> environment = Map.of("TRADOSPHERE_DB_URL", URL, "TRADOSPHERE_ENVIRONMENT", "development");
        assertThatCode(() -> new Target(environment, null).refuseOutsideDevelopment())
                .doesNotThrowAnyException();
        assertThatCode(() -> new Target(Map.of(), null).refuseOutsideDevelopment())
                .doesNotThrowAnyException();
    }
}
