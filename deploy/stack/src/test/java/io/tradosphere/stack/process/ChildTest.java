package io.tradosphere.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    private Path folder;

    @Test
    void a_process_that_ends_before_it_is_ready_is_reported_with_its_error_and_log_file() {
        Child child = start("echo first; echo 'no space left on device'; exit 3");
        assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(20), () -> false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no space left on device")
                .hasMessageContaining("child.log");
    }

    @Test
    void of_a_stack_trace_the_root_cause_is_reported_and_never_that_of_an_earlier_run() throws Exception {
        // given
        Files.writeString(folder.resolve("child.log"), "Caused by: an earlier failure\n");
        String trace = "ERROR failed\nCaused by: outer\n  at x\nCaused by: the disk is full\n  at y\n  ... 9 more";

        // then
        Child child = start("printf '" + trace + "'; exit 1");
        assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(20), () -> false))
                .hasMessageContaining("(Caused by: the disk is full)");
        Child silent = start("exit 1");
        assertThatThrownBy(() -> silent.awaitReady(Duration.ofSeconds(20), () -> false))
                .message()
                .doesNotContain("earlier");
    }

    @Test
    void a_process_that_is_never_ready_fails_after_the_timeout() {
        Child child = start("exec sleep 60");
        assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(200), () -> false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("not ready within");
        child.kill();
    }

    @Test
    void a_missing_program_is_reported_in_one_line() {
        Launch launch = new Launch(
                "absent", List.of("/no/such/program"), Map.of(), folder.resolve("absent.log"), Signals.Polite.TERM);
        assertThatThrownBy(() -> Child.start(launch, folder).awaitReady(Duration.ofSeconds(20), () -> false))
                .isInstanceOf(StackException.class)
                .message()
                .doesNotContain("\n")
                .contains("absent");
    }

    @Test
    void its_end_is_reported_with_its_exit_code() {
        assertThat(start("exit 7").ended().join()).isEqualTo(7);
    }

    private Child start(String script) {
        return Child.start(
                new Launch(
                        "child",
                        List.of("sh", "-c", script),
                        Map.of("LANG", "C"),
                        folder.resolve("child.log"),
                        Signals.Polite.TERM),
                folder);
    }
}
