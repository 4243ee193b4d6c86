package io.tradosphere.cli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.process.JavaProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {

    @TempDir
    private Path folder;

    @Test
    void without_a_docker_engine_containers_are_refused_in_one_line_and_nothing_is_started() throws Exception {
        // given an engine that does not answer, and a Maven that leaves a mark
        Path mark = folder.resolve("maven-ran");
        Path maven = executable("mvn", "#!/bin/sh\ntouch " + mark + "\n");
        String engine = "unix://" + folder.resolve("no-engine.sock");

        // when
        Said said = run(engine, maven, "test", "--containers");

        // then
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .containsExactly("test --containers needs a Docker engine, and none answers at " + engine
                        + ": start one, or run ./tradosphere test, which needs none.");
        assertThat(said.out()).isEmpty();
        assertThat(mark).doesNotExist();
    }

    @Test
    void its_help_names_the_images() throws Exception {
        Said said = run("", Path.of("mvn"), "test", "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(String.join(" ", said.out()).replaceAll("\\s+", " "))
                .contains("--containers", "postgres:18", "apache/kafka:", "keycloak/keycloak:", "Docker engine");
    }

    private Said run(String dockerHost, Path maven, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JavaProgram.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tradosphere.cli.Main"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("DOCKER_HOST", dockerHost);
        builder.environment().put("TRADOSPHERE_MVN", maven.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        return new Said(exitCode, out.lines().toList(), Files.readAllLines(err));
    }

    private Path executable(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private record Said(int exitCode, List<String> out, List<String> err) {}
}
