package io.tradosphere.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {

    private static final Path CHECKOUT = Path.of("../..");

    @TempDir
    private Path checkout;

    @BeforeEach
    void makeTwoServices() throws IOException {
        describe("social-service", """
                name: social-service
                schema: social
                port: 2
                routes: [/v1/follows, /v1/webhooks/social]
                topics: [tradosphere.social.follows]
                """);
        describe("profile-service", """
                name: profile-service
                schema: profile
                port: 1
                routes:
                  - /v1/profiles
                streams:
                  - /v1/live
                secrets:
                  - USERNAME_SECRET
                topics:
                  - tradosphere.profile.profiles
                """);
    }

    @Test
    void a_packed_description_is_read_as_it_was_written() throws IOException {
        // When
        DescriptionPacker.main(checkout.toString(), checkout.toString());
        // Then
        String packed = Files.readString(checkout.resolve("io/tradosphere/services/services.yaml"));
        assertThat(packed).contains("name: profile-service", "---", "name: social-service");
        assertThat(DescriptionParser.parse("x", packed.split("---\n")[0]))
                .isEqualTo(new ServiceDescription(
                        "profile-service",
                        "profile",
                        1,
                        List.of("/v1/profiles"),
                        List.of("/v1/live"),
                        List.of("USERNAME_SECRET"),
                        List.of("tradosphere.profile.profiles")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            routes:         | rutes:          | social-service/service.yaml: unknown key 'rutes'. The keys are name, schema, port, routes, streams, secrets, topics.
            /v1/follows     | /v1/profiles    | social-service/service.yaml: the prefix /v1/profiles belongs to profile-service already. Give it to one of them.
            /v1/follows     | /v1/profiles/me | social-service/service.yaml: the prefix /v1/profiles/me belongs to profile-service under /v1/profiles already. Give it to one of them.
            /v1/follows     | /v1/live        | social-service/service.yaml: the prefix /v1/live belongs to profile-service already. Give it to one of them.
            /v1/webhooks/social | /v1/follows | social-service/service.yaml: '/v1/follows' stands twice in 'routes'. Delete one.
            /v1/follows     | v1/follows      | social-service/service.yaml: 'v1/follows' in 'routes' has another form: such as /v1/profiles.
            name: social-   | name: profile-  | social-service/service.yaml: 'name' is 'profile-service', but the folder is social-service. Make them equal.
            schema: social  | schema: profile | social-service/service.yaml: the schema profile belongs to profile-service already. Give it to one of them.
            port: 2         | port: 1         | social-service/service.yaml: the port 1 belongs to profile-service already. Give it to one of them.
            port: 2         | port: two       | social-service/service.yaml: 'port' is required, from 1 to 15, and not 'two'. It is counted from the gateway's port.
            schema: social  | port: 2         | social-service/service.yaml, line 3: found duplicate key port.
            schema: social  | schema: [       | social-service/service.yaml, line 4: expected ',' or ']', but got :.
            social.follows  | profile.profiles | social-service/service.yaml: the topic tradosphere.profile.profiles belongs to profile-service already. Give it to one of them.
            """)
    void a_typo_ends_the_build_with_one_line(String right, String wrong, String message) throws IOException {
        // Given
        Path file = checkout.resolve("social-service/service.yaml");
        Files.writeString(file, Files.readString(file).replace(right, wrong));
        // When, then
        assertThatThrownBy(() -> DescriptionPacker.main(checkout.toString(), checkout.toString()))
                .isInstanceOf(InvalidDescriptionException.class)
                .hasMessage(message);
    }

    @Test
    void a_service_of_the_same_name_is_refused() {
        ServiceDescription service = DescriptionParser.parse("x", "{name: a-service, schema: a, port: 1}");
        ServiceDescription namesake = DescriptionParser.parse("y", "{name: a-service, schema: b, port: 2}");

        assertThatThrownBy(() -> Services.checked(List.of(service, namesake)))
                .hasMessageContaining("the name a-service belongs to a-service already");
    }

    @Test
    void a_service_without_a_description_is_refused() throws IOException {
        Files.delete(checkout.resolve("social-service/service.yaml"));

        assertThatThrownBy(() -> Services.in(checkout))
                .hasMessage("social-service/service.yaml is missing. Every service has one.");
    }

    @Test
    void every_service_of_the_build_is_described_and_the_jar_has_them_in_the_order_of_their_ports() throws IOException {
        // Given
        Matcher modules = Pattern.compile("<module>(\\w+-service)</module>")
                .matcher(Files.readString(CHECKOUT.resolve("pom.xml")));
        List<String> built = modules.results().map(module -> module.group(1)).toList();
        // Then
        assertThat(Services.all()).extracting(ServiceDescription::name).containsExactlyInAnyOrderElementsOf(built);
        assertThat(Services.all()).extracting(ServiceDescription::port).isSorted();
    }

    private void describe(String name, String description) throws IOException {
        Path folder = Files.createDirectories(checkout.resolve(name));
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("service.yaml"), description);
    }
}
