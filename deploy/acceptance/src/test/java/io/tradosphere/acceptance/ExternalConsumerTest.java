package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(2)
class ExternalConsumerTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String SCHEMA_HOME = "https://tradosphere.io";

    private final Map<String, Schema> published = new HashMap<>();

    @Test
    void an_external_kafka_client_sees_valid_cloud_events_whose_bodies_validate_against_the_published_schemas() {
        // given every event that profiles, follows, blocks and clans can publish
        publishEveryEventType();
        Broker.awaitDrained();

        // when a client that knows only the broker and the gateway reads all topics
        Set<String> types = new TreeSet<>();
        Broker.topics().stream()
                .filter(topic -> topic.startsWith("tradosphere.") && !topic.contains("-service."))
                .flatMap(topic -> Broker.records(topic).stream())
                .forEach(record -> types.add(checked(record)));

        // then
        assertThat(types)
                .contains(
                        "io.tradosphere.profile.created.v1",
                        "io.tradosphere.profile.updated.v1",
                        "io.tradosphere.profile.tier-changed.v1",
                        "io.tradosphere.profile.deleted.v1",
                        "io.tradosphere.profile.settings-changed.v1",
                        "io.tradosphere.profile.erased.v1",
                        "io.tradosphere.profile.achievement-earned.v1",
                        "io.tradosphere.social.followed.v1",
                        "io.tradosphere.social.unfollowed.v1",
                        "io.tradosphere.social.blocked.v1",
                        "io.tradosphere.social.unblocked.v1",
                        "io.tradosphere.social.clan-created.v1",
                        "io.tradosphere.social.clan-changed.v1",
                        "io.tradosphere.social.clan-deleted.v1",
                        "io.tradosphere.social.clan-member-joined.v1",
                        "io.tradosphere.social.clan-member-role-changed.v1",
                        "io.tradosphere.social.clan-member-left.v1",
                        "tombstone");
    }

    private static void publishEveryEventType() {
        Client admin = Client.admin();
        Client one = Client.withProfile();
        Client two = Client.withProfile();
        Client profile = Client.withProfile();
        String achievement = UUID.randomUUID().toString();
        admin.request("PUT", "/v1/profiles/" + one.id() + "/tier", "{\"tier\":\"gladiator\"}");
        admin.request("POST", "/v1/achievements", """
                {"name":"%s","description":"Somebody follows you","category":"community",
                 "criteria":{"all":[{"metric":"followerCount","gte":1}]}}""".formatted(achievement));
        one.request(
                "PATCH",
                "/v1/profiles/me",
                "{\"bio\":\"Ünïcode & <tags>\",\"stealthMode\":true,\"journalPublic\":true}");
        one.request("PUT", "/v1/follows/" + two.id(), null);
        one.request("DELETE", "/v1/follows/" + two.id(), null);
        two.request("PUT", "/v1/follows/" + one.id(), null);
        one.request("PUT", "/v1/follows/blocks/" + profile.id(), null);
        one.request("DELETE", "/v1/follows/blocks/" + profile.id(), null);
        String clan = "/v1/clans/"
                + one.request("POST", "/v1/clans", "{\"name\":\"Clan " + achievement.substring(0, 8) + "\"}")
                        .path("id")
                        .asText();
        two.request("POST", clan + "/members", null);
        one.request("PUT", clan + "/members/" + two.id(), "{\"role\":\"admin\"}");
        two.request("DELETE", clan + "/members/" + two.id(), null);
        one.request("PATCH", clan, "{\"name\":\"Clan " + achievement.substring(9, 17) + "\"}");
        one.request("DELETE", clan, null);
        profile.request("DELETE", "/v1/profiles/me", null);
    }

    /** The record's type, or that it is a tombstone. */
    private String checked(ConsumerRecord<String, byte[]> record) {
        String where = record.topic() + " " + record.partition() + "@" + record.offset();
        assertThat(Broker.header(record, "ce_specversion")).as(where).isEqualTo("1.0");
        assertThat(UUID.fromString(Broker.header(record, "ce_id")).version())
                .as(where)
                .isEqualTo(7);
        assertThat(Broker.header(record, "ce_source")).as(where).matches("/tradosphere/([a-z]+-service|market-data)");
        assertThat(Broker.header(record, "ce_subject")).as(where).isNotBlank();
        assertThat(Broker.header(record, "ce_sequence")).as(where).matches("[1-9][0-9]*");
        assertThat(OffsetDateTime.parse(Broker.header(record, "ce_time")).getOffset())
                .as(where)
                .isEqualTo(java.time.ZoneOffset.UTC);
        assertThat(record.key()).as(where).isNotBlank();
        if (record.value() == null) {
            assertThat(Broker.header(record, "ce_type")).as(where).isNull();
            return "tombstone";
        }
        String type = Broker.header(record, "ce_type");
        String dataSchema = Broker.header(record, "ce_dataschema");
        assertThat(Broker.header(record, "content-type")).as(where).isEqualTo("application/json");
        assertThat(dataSchema)
                .as(where)
                .isEqualTo(SCHEMA_HOME + "/schemas/" + type.substring("io.tradosphere.".length()) + ".json");
        String body = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(published
                        .computeIfAbsent(dataSchema, ExternalConsumerTest::fetched)
                        .validate(
                                body,
                                InputFormat.JSON,
                                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as(where + " " + body)
                .isEmpty();
        return type;
    }

    private static Schema fetched(String dataSchema) {
        JsonNode schema = Client.anonymous().request("GET", dataSchema.substring(SCHEMA_HOME.length()), null);
        assertThat(schema.path("$id").asText()).isEqualTo(dataSchema);
        return SCHEMAS.getSchema(schema);
    }
}
