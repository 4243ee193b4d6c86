package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.model.Product;
import com.stripe.param.ProductCreateParams;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @Test
    void as_a_process_it_says_where_it_is_and_that_no_money_moves() throws Exception {
        // When
        Process process = start("--port", "0", "--webhook", "http://127.0.0.1:9/hooks=whsec_a");
        try (BufferedReader output = process.inputReader()) {

            // Then
            assertThat(output.readLine())
                    .matches("A fake of Stripe is at http://127\\.0\\.0\\.1:[0-9]+\\. No money moves\\. .*");
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_it_has_said_is_still_true_after_a_kill(@TempDir Path folder) throws Exception {
        // Given
        Process killed =
                start("--port", "0", "--state", folder.resolve("journal").toString());
        Product product = stripe(killed)
                .v1()
                .products()
                .create(ProductCreateParams.builder().setName("Gold").build());

        // When
        assertThat(killed.destroyForcibly().waitFor(60, TimeUnit.SECONDS)).isTrue();
        Process next = start("--port", "0", "--state", folder.resolve("journal").toString());

        // Then
        try {
            assertThat(stripe(next).v1().products().retrieve(product.getId()).getCreated())
                    .isEqualTo(product.getCreated());
        } finally {
            next.destroy();
            assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_argument_that_it_does_not_know_is_refused_with_the_usage() throws Exception {
        // When
        Process process = start("--nonsense", "1");

        // Then
        try (BufferedReader errors = process.errorReader()) {
            assertThat(errors.lines().toList())
                    .anyMatch(line -> line.contains("--nonsense is unknown. usage: --port N"));
        }
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static StripeClient stripe(Process process) throws Exception {
        String said = process.inputReader().readLine();
        return StripeClient.builder()
                .setApiKey("sk_test_any")
                .setApiBase(said.replaceFirst(".*(http://\\S+?)\\. .*", "$1"))
                .build();
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
