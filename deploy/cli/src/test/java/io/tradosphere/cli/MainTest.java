package io.tradosphere.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up", "down", "status", "logs", "tier", "token", "demo", "verify", "replay", "test", "prices", "types",
                "db"
            })
    void every_command_explains_itself(String command) {
        assertThat(Main.run(command, "--help")).isZero();
    }

    @Test
    void what_is_not_understood_is_exit_code_2() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("frobnicate")).isEqualTo(2);
        assertThat(Main.run("up", "--port", "many")).isEqualTo(2);
    }
}
