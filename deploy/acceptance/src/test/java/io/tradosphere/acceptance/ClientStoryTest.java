package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.client.ClientCommand;
import io.tradosphere.stack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(2)
class ClientStoryTest {

    @Test
    void the_typescript_client_tells_the_story_of_the_readme() throws IOException {
        // given the client as the command writes it
        Path client = Path.of("target/client/typescript").toAbsolutePath();
        Folders.delete(client);
        assertThat(SharedSuite.run(new ClientCommand(), "TYPESCRIPT", "--out", client.toString()))
                .isZero();
        Files.copy(Path.of("src/test/typescript/story.ts"), client.resolve("story.ts"));
        NodeProject.install(client);
        Client alice = Client.withoutProfile();
        Client bob = Client.withoutProfile();

        // when
        NodeProject.run(client, "npm", "run", "--silent", "build");
        String said = NodeProject.run(
                client,
                Map.of(
                        "GATEWAY_URL", SharedSuite.endpoints().get("GATEWAY_URL"),
                        "ADMIN", Client.admin().token(),
                        "ALICE", alice.token(),
                        "ALICE_ID", alice.id().toString(),
                        "BOB", bob.token()),
                "node",
                "dist/story.js");

        // then every step was answered as its types say
        assertThat(said).contains("the story is told");
    }

    @Test
    void the_java_client_tells_the_story_of_the_readme() throws Exception {
        // given the client as the command writes it
        Path folder = Path.of("target/client/java").toAbsolutePath();
        Folders.delete(folder);
        Path client = folder.resolve("project");
        assertThat(SharedSuite.run(new ClientCommand(), "JAVA", "--out", client.toString()))
                .isZero();
        ClassLoader compiled = JavaProject.compile(
                folder.resolve("classes"), client.resolve("src/main/java"), Path.of("src/test/java-client/Story.java"));
        Client alice = Client.withoutProfile();
        String symbol = Prices.freshSymbol();

        // then every step is answered as its types say
        Map<String, String> settings = Map.of(
                "GATEWAY_URL", SharedSuite.endpoints().get("GATEWAY_URL"),
                "ADMIN", Client.admin().token(),
                "ALICE", alice.token(),
                "ALICE_ID", alice.id().toString(),
                "BOB", Client.withoutProfile().token(),
                "SYMBOL", symbol);
        Runnable priceRises = () -> Prices.tick(symbol, "70250");
        compiled.loadClass("Story").getMethod("tell", Map.class, Runnable.class).invoke(null, settings, priceRises);
    }
}
