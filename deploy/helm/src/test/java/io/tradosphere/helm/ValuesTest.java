package io.tradosphere.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator writes: wrong values are refused with what to do, and every value is explained. */
class ValuesTest {

    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final Path OPERATIONS = Path.of("../../docs/operations.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "database.url=jdbc:postgresql://db/tradosphere | database",
                "kafka.bootstrapServers=kafka | kafka",
                "oidc.issuer=http://id.example.com | oidc",
                "services.profil-service.replicas=2 | profil-service",
                "serviceDefaults.replicas=0 | replicas",
                "migrations.mode=sometimes | migrations",
                "gateway.replica=3 | replica",
                "log.format=xml | log",
                "tracing.ratio=2 | ratio",
                "tracing.endpoint=collector:4318 | endpoint",
                "prometheusRule.labels=x | labels",
                "verify.schedule=daily | schedule",
                "kafka.tls.type=JKS | type",
                "strimzi.authentication=plain | authentication",
                "strimzi.readers[0]=The analysts | readers",
            })
    void a_wrong_value_is_refused_with_its_name(String setting, String name) {
        assertThatThrownBy(() -> Chart.render(setting)).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.securityProtocol=SASL_SSL | kafka.securityProtocol SASL_SSL needs kafka.sasl.mechanism and kafka.sasl.secret.",
                "kafka.sasl.secret=login | kafka.sasl is set, but kafka.securityProtocol PLAINTEXT has no SASL.",
                "kafka.tls.caSecret=ca | kafka.tls is set, but kafka.securityProtocol PLAINTEXT has no TLS.",
                "kafka.bootstrapServers= | Set kafka.bootstrapServers: host:port, separated by commas; or strimzi.enabled.",
                "oidc.issuer= | Set oidc.issuer: the URL of the issuer whose tokens are accepted.",
                "oidc.audience= | Set oidc.audience: the audience that tokens must name.",
                "database.url= | Set database.url, or services.profile-service.databaseUrl.",
                "httpRoute.enabled=true | httpRoute.parentRefs names the Gateway that serves the route.",
                "ingress.enabled=true | ingress.host is the name under which clients reach the gateway.",
                "httpRoute.enabled=true ; ingress.enabled=true | Enable httpRoute or ingress, not both.",
                "strimzi.enabled=true | strimzi.enabled gives the brokers, their authority and the logins",
                "strimzi.createCluster=true | strimzi.createCluster, strimzi.readers and strimzi.priceFeeds need strimzi.enabled.",
                "kafka.bootstrapServers= ; strimzi.enabled=true ; topics.mode=check | topics.mode check has nothing to check.",
                "kafka.bootstrapServers= ; strimzi.enabled=true ; strimzi.readers[0]=social-service | social-service is a name of the suite's own.",
                "secrets.create=true | secrets.create makes no keys of Stripe and Agora: secrets.issued names the secret that has them.",
                "secrets.create=true ; secrets.issued=tradosphere | secrets.create makes the secret secrets.name, so secrets.issued is another one.",
                "database.passwords.create=true ; database.passwords.secret={slice} | so database.passwords.secret has no placeholder.",
                "database.passwords.create=true ; database.passwords.key={slice} | database.passwords.key has {slice} and {role}.",
                "database.passwords.create=true ; secrets.create=true ; secrets.issued=a ; database.passwords.secret=tradosphere | give them different names.",
                "bootstrap.enabled=true | bootstrap.secret names the secret with the login of a superuser.",
                "bootstrap.enabled=true ; bootstrap.secret={slice}-superuser | is the database of several.",
                "gateway.autoscaling.enabled=true ; gateway.autoscaling.maxReplicas=1 | gateway.autoscaling: maxReplicas is less than minReplicas.",
                "serviceDefaults.autoscaling.enabled=true ; serviceDefaults.resources.requests.cpu=null | services.profile-service.autoscaling is by CPU: set resources.requests.cpu.",
                "serviceDefaults.autoscaling.enabled=true ; services.social-service.replicas=3 | services.social-service has replicas and autoscaling: leave one out.",
            })
    void values_that_contradict_each_other_are_refused_with_one_sentence(String settings, String sentence) {
        assertThatThrownBy(() -> Chart.render(settings.split(" ; "))).hasMessageContaining(sentence);
    }

    @Test
    void the_readme_of_the_chart_is_made_of_the_comments_of_its_values() throws IOException {
        String page = new ValuesPage(Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))).text();
        if (Boolean.getBoolean("renew.docs")) {
            Files.writeString(README, page);
        }

        assertThat(Files.readString(README))
                .as("Renew it with: mvn test -pl deploy/helm -Dtest=ValuesTest -Drenew.docs=true")
                .isEqualTo(page);
        assertThat(page.lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void the_values_in_the_documentation_render() throws IOException {
        String section =
                Files.readString(OPERATIONS).split("\n## Kubernetes\n")[1].split("\n## ")[0];
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> !block.contains("apiVersion:"))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(2);
        for (String block : blocks) {
            Path values = Files.writeString(folder.resolve("values.yaml"), block);
            assertThat(Chart.renderAlone(values)).as(block).hasSizeGreaterThan(20);
        }
    }
}
