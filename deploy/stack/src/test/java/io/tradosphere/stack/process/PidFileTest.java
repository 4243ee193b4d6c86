package io.tradosphere.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_child_is_found_again_by_its_file() {
        // given
        Child child = sleeper("sleeper", Signals.Polite.TERM, "exec sleep 60");

        // when
        List<PidFile> files = PidFile.all(folder);

        // then
        assertThat(files).hasSize(1);
        assertThat(files.get(0).name()).isEqualTo("sleeper");
        assertThat(files.get(0).running()).contains(child.identity());
        child.stop(Duration.ofSeconds(5));
        assertThat(PidFile.all(folder)).isEmpty();
    }

    @Test
    void a_reused_pid_is_not_the_recorded_process() {
        // given a file left behind by a process whose pid was used again, here by this very JVM
        long reused = ProcessHandle.current().pid();
        PidFile file = PidFile.in(folder, "old");

        // when
        file.write(new ProcessIdentity(reused, "another birth"));

        // then
        assertThat(file.running()).isEmpty();
    }

    @Test
    void a_malformed_file_records_no_process() throws Exception {
        Files.writeString(folder.resolve("broken.pid"), "not a number\n");
        assertThat(PidFile.in(folder, "broken").running()).isEmpty();
        assertThat(PidFile.in(folder, "absent").running()).isEmpty();
    }

    @Test
    void a_child_that_was_killed_is_not_alive() {
        Child child = sleeper("killed", Signals.Polite.TERM, "exec sleep 60");
        child.kill();
        assertThat(child.identity().isAlive()).isFalse();
        assertThat(PidFile.in(folder, "killed").running()).isEmpty();
    }

    @Test
    void a_child_that_ignores_the_polite_signal_is_killed() {
        Child child = sleeper("deaf", Signals.Polite.TERM, "trap '' TERM; echo deaf; while :; do sleep 0.05; done");
        await().until(() -> Files.readString(folder.resolve("deaf.log")).contains("deaf"));

        assertThat(child.stop(Duration.ofMillis(300))).isFalse();
        assertThat(child.identity().isAlive()).isFalse();
    }

    @Test
    void a_child_is_in_a_session_of_its_own() throws Exception {
        Child child = sleeper("alone", Signals.Polite.TERM, "exec sleep 60");
        String session = new ProcessBuilder("ps", "-o", "sid=", "-p", "" + child.pid())
                .start()
                .inputReader()
                .readLine();
        child.stop(Duration.ofSeconds(5));
        assertThat(session.strip()).isEqualTo("" + child.pid());
    }

    private Child sleeper(String name, Signals.Polite polite, String script) {
        return Child.start(
                new Launch(name, List.of("sh", "-c", script), Map.of(), folder.resolve(name + ".log"), polite), folder);
    }
}
