package io.tradosphere.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.ProcessIdentity;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestStackTest {

    @Test
    void it_is_the_same_one_at_every_call() {
        assertThat(TestStack.get().kafkaBootstrap()).isEqualTo(TestStack.get().kafkaBootstrap());
        assertThat(TestStack.get().postgresSuperuserUrl())
                .isEqualTo(TestStack.get().postgresSuperuserUrl());
    }

    @Test
    void a_stack_ends_when_its_jvm_was_killed() throws IOException, InterruptedException {
        // given a JVM with a stack of its own
        Process victim = new ProcessBuilder(
                        JavaProgram.java(), "-cp", System.getProperty("java.class.path"), StackHolder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> pids = victim.inputReader().readLine().transform(line -> List.of(line.split(" ", -1))).stream()
                .map(Long::valueOf)
                .toList();

        // when it is killed, and another one starts
        victim.destroyForcibly().waitFor();
        TestFolders.cleanUp();

        // then
        await().untilAsserted(() ->
                assertThat(pids).allMatch(pid -> ProcessIdentity.of(pid).isEmpty()));
    }
}
