package io.tradosphere.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.compose.ComposeFile.Reference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keycloak in compose.yaml, and the realm that it imports. KeycloakTest starts Keycloak itself. */
class RealmTest {

    private final ComposeFile file = new ComposeFile();
    private final Map<String, String> keycloak = file.environment("keycloak");
    private final String realmText = ComposeFile.read("keycloak/tradosphere-realm.json");

    @Test
    void services_and_browsers_know_the_issuer_by_the_same_name_and_port() throws IOException {
        String issuer = interpolated(file.environment("profile-service").get("OIDC_ISSUER"));
        URI hostname = URI.create(interpolated(keycloak.get("KC_HOSTNAME")));
        JsonNode service = file.service("keycloak");

        assertThat(issuer)
                .isEqualTo(hostname + "/realms/" + realm().path("realm").asText());
        assertThat(interpolated(service.at("/networks/default/aliases/0").asText()))
                .isEqualTo(hostname.getHost());
        assertThat(interpolated(keycloak.get("KC_HTTP_PORT"))).isEqualTo("" + hostname.getPort());
        assertThat(interpolated(service.at("/ports/0").asText()))
                .endsWith(":" + hostname.getPort() + ":" + hostname.getPort());
    }

    @Test
    void keycloak_has_every_variable_of_the_realm_file() {
        List<Reference> references = ComposeFile.references(realmText);

        assertThat(references).isNotEmpty();
        assertThat(keycloak.keySet())
                .containsAll(references.stream().map(Reference::name).toList());
    }

    @Test
    void the_realm_file_holds_no_secret() throws IOException {
        realm().findValuesAsText("secret").forEach(secret -> assertThat(secret).matches("[$]\\{[A-Z_]+}"));
        for (JsonNode user : realm().path("users")) {
            user.path("credentials")
                    .forEach(credential ->
                            assertThat(credential.path("value").asText()).matches("[$]\\{[A-Z_]+}"));
        }
    }

    @Test
    void tokens_of_every_client_name_the_audience_that_services_expect() throws IOException {
        String audience = file.environment("profile-service").get("OIDC_AUDIENCE");
        for (JsonNode client : realm().path("clients")) {
            assertThat(client.path("protocolMappers").findValuesAsText("included.custom.audience"))
                    .as(client.path("clientId").asText())
                    .containsExactly(audience);
        }
    }

    private JsonNode realm() throws IOException {
        return ComposeFile.JSON.readTree(
                Files.readString(ComposeFile.FOLDER.resolve("keycloak/tradosphere-realm.json")));
    }

    /** With the defaults. */
    private static String interpolated(String text) {
        String result = text;
        for (Reference reference : ComposeFile.references(text)) {
            result = result.replace(
                    "${" + reference.name() + reference.operator() + reference.word() + "}", reference.word());
        }
        return result;
    }
}
