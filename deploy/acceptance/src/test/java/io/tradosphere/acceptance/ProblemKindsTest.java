package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of problem that a service can answer has its page and its line in the list. */
class ProblemKindsTest {

    private static final Pattern KIND = Pattern.compile("new ProblemKind\\(\\s*\"([a-z0-9-]+)\",\\s*(\\d{3})");
    private static final Pattern LINE = Pattern.compile("^\\| (\\d{3}) \\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE);

    @Test
    void each_kind_that_the_services_know_is_on_a_page_of_the_gateway() throws IOException {
        assertThat(pages()).containsAll(kinds());
    }

    @Test
    void the_list_in_the_documentation_is_that_of_the_pages() throws IOException {
        Set<String> lines = new TreeSet<>();
        Matcher line = LINE.matcher(Files.readString(Checkout.find().resolve("docs/problems.md")));
        while (line.find()) {
            lines.add(line.group(1) + " " + line.group(2));
        }
        assertThat(lines).isEqualTo(pages());
    }

    private static Set<String> kinds() throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Checkout.find().root())) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".java") && path.toString().contains("src/main/java"))
                    .toList()) {
                Matcher kind = KIND.matcher(Files.readString(file));
                while (kind.find()) {
                    kinds.add(kind.group(2) + " " + kind.group(1));
                }
            }
        }
        assertThat(kinds).hasSizeGreaterThan(40);
        return kinds;
    }

    private static Set<String> pages() throws IOException {
        Set<String> pages = new TreeSet<>();
        for (JsonNode page : new ObjectMapper()
                .readTree(Checkout.find()
                        .resolve("deploy/gateway/src/main/resources/problems.json")
                        .toFile())) {
            pages.add(page.path("status").asText() + " " + page.path("kind").asText());
        }
        return pages;
    }
}
