package io.tradosphere.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up", "down", "status", "logs", "tier", "token", "demo", "verify", "replay", "test", "prices", "types",
                "client", "db"
            })
    void every_command_prints_its_help(String command) {
        assertThat(Main.run(command, "--help")).isZero();
    }

    @Test
    void a_command_line_that_cannot_be_parsed_is_exit_code_2() {
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("frobnicate")).isEqualTo(2);
        assertThat(Main.run("up", "--port", "many")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logs profile -n -3 | --lines is a whole number from 1, not -3",
                "logs profile -n many | Invalid value for option '--lines'",
                "prices ticks.csv --rate -1 | --rate is a whole number from 0, not -1",
            })
    void a_wrong_argument_is_exit_code_2_and_one_line_that_says_what_is_right(String line, String message) {
        StringWriter err = new StringWriter();

        int code = Main.run(new PrintWriter(err, true), line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(message);
    }

    @Test
    void logs_of_an_unknown_process_name_those_that_exist(@TempDir Path data) throws IOException {
        Files.createDirectories(data.resolve("logs"));
        Files.writeString(data.resolve("logs/kafka.log"), "");
        StringWriter err = new StringWriter();

        int code = Main.run(new PrintWriter(err, true), "logs", "nonsense", "--data", data.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no log for 'nonsense'. Choose one of: kafka");
    }

    @Test
    void a_bad_line_of_prices_is_named_before_anything_is_sent(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ticks.csv"), "BTC/USD,64000\nBTC/USD,cheap\n");
        StringWriter err = new StringWriter();

        int code = Main.run(new PrintWriter(err, true), "prices", file.toString(), "--data", folder.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("Line 2 is not symbol,price or symbol,price,instant: BTC/USD,cheap");
    }
}
