package io.tradosphere.competition.definition;

import static io.tradosphere.competition.CompetitionSteps.create;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class RulesParserTest {

    private TestUser creator;

    @BeforeEach
    void there_is_a_gladiator() {
        creator = gladiator();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "scoring-metrics"})
    void the_schemas_are_published_to_everybody(String schema) {
        Response answer = TestUser.nobody().get("/v1/competitions/schemas/" + schema);

        answer.then().statusCode(200).contentType("application/schema+json");
        assertThat(answer.asString()).contains("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void what_a_competition_shows_keeps_the_published_schemas() {
        Response made = create(creator, cup());

        assertThat(published("rules").validate(json(made.path("rules")), InputFormat.JSON))
                .isEmpty();
        assertThat(published("scoring-metrics").validate(json(made.path("scoringMetrics")), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void the_document_says_where_the_schemas_are() {
        assertThat(TestUser.nobody().get("/q/openapi?format=json").asString())
                .contains("/v1/competitions/schemas/rules", "/v1/competitions/schemas/scoring-metrics");
    }

    @Test
    void every_rule_can_be_said() {
        Response made = rules("""
                {"startingEquity": 2500.50, "lateEntry": true, "maxReportDelay": "PT1H30M",
                 "prizeDistribution": [70, 29.75, 0.25], "assetTypes": ["crypto", "forex"]}
                """);

        made.then()
                .statusCode(201)
                .body("rules.startingEquity", equalTo("2500.5"))
                .body("rules.lateEntry", equalTo(true))
                .body("rules.maxReportDelay", equalTo("PT1H30M"))
                .body("rules.assetTypes", equalTo(List.of("crypto", "forex")));
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT rules -> 'prizeDistribution' = '[70, 29.75, 0.25]' FROM competitions WHERE id = ?",
                                UUID.fromString(made.path("id"))))
                .containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                                      | rules",
                "[]                                        | rules",
                "\"winner takes all\"                      | rules",
                "{\"leverage\": 5}                         | rules.leverage",
                "{\"startingEquity\": 0}                   | rules.startingEquity",
                "{\"startingEquity\": \"0.00\"}            | rules.startingEquity",
                "{\"startingEquity\": \"-5\"}              | rules.startingEquity",
                "{\"startingEquity\": \"NaN\"}             | rules.startingEquity",
                "{\"startingEquity\": 1e12}                | rules.startingEquity",
                "{\"startingEquity\": 0.123456789}         | rules.startingEquity",
                "{\"startingEquity\": 1e999999999}         | rules",
                "{\"startingEquity\": true}                | rules.startingEquity",
                "{\"lateEntry\": \"yes\"}                  | rules.lateEntry",
                "{\"lateEntry\": null}                     | rules.lateEntry",
                "{\"maxReportDelay\": \"15 minutes\"}      | rules.maxReportDelay",
                "{\"maxReportDelay\": \"PT0S\"}            | rules.maxReportDelay",
                "{\"maxReportDelay\": \"P\"}               | rules.maxReportDelay",
                "{\"maxReportDelay\": \"P2D\"}             | rules.maxReportDelay",
                "{\"maxReportDelay\": \"P1M\"}             | rules.maxReportDelay",
                "{\"maxReportDelay\": 15}                  | rules.maxReportDelay",
                "{\"prizeDistribution\": []}               | rules.prizeDistribution",
                "{\"prizeDistribution\": [50, 49.99]}      | rules.prizeDistribution",
                "{\"prizeDistribution\": [100.00001]}      | rules.prizeDistribution[0]",
                "{\"prizeDistribution\": [50.00001, 49.99999]} | rules.prizeDistribution",
                "{\"prizeDistribution\": [40, 60]}         | rules.prizeDistribution[1]",
                "{\"prizeDistribution\": [100, 0]}         | rules.prizeDistribution[1]",
                "{\"prizeDistribution\": [110, -10]}       | rules.prizeDistribution[0]",
                "{\"prizeDistribution\": [1e-999999999]}   | rules",
                "{\"prizeDistribution\": [\"100\"]}        | rules.prizeDistribution[0]",
                "{\"assetTypes\": [\"art\"]}               | rules.assetTypes[0]",
                "{\"assetTypes\": [\"crypto\", \"crypto\"]}| rules.assetTypes",
            })
    void rules_against_the_book_are_refused_by_name(String rules, String field) {
        Response answer = rules(rules);

        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getList("violations.field", String.class)).contains(field);
        assertThat(answer.asString()).doesNotContain("java", "regex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"leverage\": 5}             | is not a field of this request",
                "{\"lateEntry\": \"yes\"}      | string found, boolean expected",
                "{\"assetTypes\": [\"art\"]}   | is one of [\"crypto\",\"stocks\",\"futures\",\"forex\"]",
                "{\"prizeDistribution\": [50]} | has percentages that sum to 100; these sum to 50",
                "{\"startingEquity\": \"-5\"}  | is not written as the published schema says",
            })
    void violations_have_readable_messages(String rules, String message) {
        assertThat(rules(rules).jsonPath().getString("violations[0].message")).isEqualTo(message);
    }

    @Test
    void weights_are_stored_with_every_metric() {
        Response made = metrics("{\"totalPnl\": 0.7, \"sharpeRatio\": 0.3}");

        made.then().statusCode(201);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT scoring_metrics::text FROM competitions WHERE id = ?",
                                UUID.fromString(made.path("id"))))
                .containsExactly("{\"winRate\": 0, \"totalPnl\": 0.7, \"maxDrawdown\": 0, \"sharpeRatio\": 0.3}");
    }

    @Test
    void thirds_sum_to_one() {
        metrics("{\"totalPnl\": 0.3333333333, \"winRate\": 0.3333333333, \"maxDrawdown\": 0.3333333333}")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                                       | scoringMetrics",
                "{}                                         | scoringMetrics",
                "[1]                                        | scoringMetrics",
                "{\"totalPnl\": 0}                          | scoringMetrics",
                "{\"totalPnl\": 0.5, \"winRate\": 0.4}      | scoringMetrics",
                "{\"totalPnl\": 0.5, \"winRate\": 0.500001} | scoringMetrics",
                "{\"totalPnl\": 0.3333333, \"winRate\": 0.3333333, \"maxDrawdown\": 0.3333333} | scoringMetrics",
                "{\"totalPnl\": 1.5, \"winRate\": -0.5}     | scoringMetrics.totalPnl",
                "{\"totalPnl\": \"1\"}                      | scoringMetrics.totalPnl",
                "{\"totalPnl\": 1, \"luck\": 0}             | scoringMetrics.luck",
                "{\"totalPnl\": 0.9999999999999}            | scoringMetrics.totalPnl",
                "{\"totalPnl\": 1e999999999}                | scoringMetrics",
            })
    void weights_against_the_book_are_refused_by_name(String metrics, String field) {
        Response answer = metrics(metrics);

        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getList("violations.field", String.class)).contains(field);
    }

    @Test
    void what_the_weights_sum_to_is_said() {
        assertThat(metrics("{\"totalPnl\": 0.5, \"winRate\": 0.4}").jsonPath().getString("violations[0].message"))
                .isEqualTo("has weights that sum to 1; these sum to 0.9");
    }

    private Response rules(String rules) {
        return announceRaw("rules", rules);
    }

    private Response metrics(String metrics) {
        return announceRaw("scoringMetrics", metrics);
    }

    private Response announceRaw(String field, String value) {
        String body = json(cup(field, "@@")).replace("\"@@\"", value);
        return creator.asking().body(body).post("/v1/competitions");
    }

    private static Schema published(String schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        TestUser.nobody()
                                .get("/v1/competitions/schemas/" + schema)
                                .asString(),
                        InputFormat.JSON);
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
