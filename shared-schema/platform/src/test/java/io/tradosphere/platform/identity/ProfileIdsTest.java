package io.tradosphere.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProfileIdsTest {

    private static final String PRIMARY = "https://id.example.com";

    @Test
    void a_uuid_of_the_primary_issuer_is_the_profile_id_itself() {
        UUID sub = UUID.randomUUID();

        assertThat(ProfileIds.of(PRIMARY, sub.toString(), PRIMARY)).isEqualTo(sub);
    }

    @Test
    void no_other_issuer_can_speak_for_a_person_of_the_first() {
        UUID sub = UUID.randomUUID();

        UUID elsewhere = ProfileIds.of("https://other.example.com", sub.toString(), PRIMARY);

        assertThat(elsewhere).isNotEqualTo(sub);
        assertThat(elsewhere.version()).isEqualTo(5);
    }

    @Test
    void any_other_subject_maps_to_the_version_5_uuid_of_issuer_and_subject() {
        // From `uuidgen --sha1 --namespace @url --name https://id.example.com#auth0|42`
        assertThat(ProfileIds.of(PRIMARY, "auth0|42", PRIMARY)).isEqualTo(UUID.fromString(EXPECTED));
    }

    @Test
    void a_shortened_uuid_that_java_would_parse_is_no_uuid() {
        assertThat(ProfileIds.of(PRIMARY, "1-1-1-1-1", PRIMARY).version()).isEqualTo(5);
    }

    private static final String EXPECTED = "141ebf47-d4e2-51eb-b105-8929db41a4a7";
}
