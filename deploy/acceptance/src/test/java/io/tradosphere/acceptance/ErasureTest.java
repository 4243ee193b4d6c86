package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.verify.VerifyCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(3)
class ErasureTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void an_erased_profile_is_removed_everywhere_and_counts_of_others_decrease() {
        // given a profile with data in every table
        Client person = Client.withoutProfile();
        person.createProfile("Idempotency-Key", "made-once");
        Client idol = Client.withProfile();
        Client fan = Client.withProfile();
        Client foe = Client.withProfile();
        Client.admin().request("PUT", "/v1/profiles/" + person.id() + "/tier", "{\"tier\":\"gladiator\"}");
        person.request("PATCH", "/v1/profiles/me", "{\"stealthMode\":true}");
        person.request("PUT", "/v1/follows/" + idol.id(), null);
        fan.request("PUT", "/v1/follows/" + person.id(), null);
        person.request("PUT", "/v1/follows/blocks/" + foe.id(), null);
        String clan = "Clan " + person.id().toString().substring(0, 8);
        assertThat(person.call("POST", "/v1/clans", "{\"name\":\"" + clan + "\"}", "Idempotency-Key", "clan-once")
                        .status())
                .isEqualTo(201);
        await().atMost(TIMEOUT).until(() -> idol.followerCount() == 1 && person.followerCount() == 1);
        assertThat(Database.tablesThatMention(person.id()))
                .contains(
                        "profile.profiles",
                        "profile.idempotency_keys",
                        "profile.follow_edges",
                        "social.profiles",
                        "social.follows",
                        "social.blocks",
                        "social.clans",
                        "social.clan_members",
                        "social.idempotency_keys",
                        "messaging.profiles");

        // when
        assertThat(person.call("DELETE", "/v1/profiles/me", null).status()).isEqualTo(202);

        // then
        await().atMost(TIMEOUT).until(() -> idol.followerCount() == 0);
        Broker.awaitDrained();
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(Database.tablesThatMention(person.id())).isEmpty());
        assertThat(Client.anonymous()
                        .call("GET", "/v1/profiles/" + person.id(), null)
                        .status())
                .isEqualTo(404);
        for (String topic : List.of(
                "tradosphere.profile.profiles",
                "tradosphere.profile.settings",
                "tradosphere.social.follows",
                "tradosphere.social.blocks",
                "tradosphere.social.clan-members")) {
            assertThat(Broker.state(topic))
                    .as(topic)
                    .anySatisfy(
                            (key, last) -> assertThat(key).contains(person.id().toString()))
                    .allSatisfy(
                            (key, last) -> assertThat(key.contains(person.id().toString()) ? last.value() : null)
                                    .as(key)
                                    .isNull());
        }
        for (String topic : Broker.topics()) {
            if (topic.endsWith(".dlq")) {
                assertThat(Broker.state(topic).values())
                        .as(topic)
                        .allSatisfy(letter -> assertThat(String.valueOf(
                                        letter.value() == null
                                                ? null
                                                : new String(letter.value(), StandardCharsets.UTF_8)))
                                .doesNotContain(person.id().toString()));
            }
        }
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_profile_created_again_at_once_starts_at_zero_and_stays_consistent() {
        // given a profile with twenty followers
        Client person = Client.withProfile();
        Client idol = Client.withProfile();
        List<Client> fans =
                IntStream.range(0, 20).mapToObj(number -> Client.withProfile()).toList();
        person.request("PUT", "/v1/follows/" + idol.id(), null);
        fans.forEach(fan -> fan.request("PUT", "/v1/follows/" + person.id(), null));

        // when it is erased and created again while all those events are still in flight
        person.request("DELETE", "/v1/profiles/me", null);
        person.createProfile();

        // then its counts start at zero, and events of the first incarnation change nothing
        assertThat(person.followerCount()).isZero();
        Broker.awaitDrained();
        assertThat(person.followerCount()).isZero();
        assertThat(idol.followerCount()).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();

        // and new events count
        fans.subList(0, 3).forEach(fan -> fan.request("PUT", "/v1/follows/" + person.id(), null));
        person.request("PUT", "/v1/follows/" + idol.id(), null);
        fans.get(0).request("DELETE", "/v1/follows/" + person.id(), null);
        await().atMost(TIMEOUT).until(() -> person.followerCount() == 2 && idol.followerCount() == 1);
        Broker.awaitDrained();
        assertThat(person.followerCount()).isEqualTo(2);
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void profiles_erased_while_others_follow_them_leave_no_data() {
        // given
        List<Client> fans =
                IntStream.range(0, 24).mapToObj(number -> Client.withProfile()).toList();
        List<Client> erased =
                IntStream.range(0, 12).mapToObj(number -> Client.withProfile()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // when each is erased while all others follow it
        List<CompletableFuture<Client.Response>> follows = new ArrayList<>();
        for (Client profile : erased) {
            fans.subList(0, 12)
                    .forEach(fan -> follows.add(CompletableFuture.supplyAsync(() -> fan.follow(profile), threads)));
            CompletableFuture.runAsync(() -> profile.request("DELETE", "/v1/profiles/me", null), threads);
            fans.subList(12, 24)
                    .forEach(fan -> follows.add(CompletableFuture.supplyAsync(() -> fan.follow(profile), threads)));
        }

        // then each follow is applied or refused because of the erasure, and no data stays
        assertThat(follows)
                .extracting(CompletableFuture::join)
                .extracting(Client.Response::status)
                .isSubsetOf(204, 404);
        threads.shutdown();
        Broker.awaitDrained();
        UUID[] ids = erased.stream().map(Client::id).toArray(UUID[]::new);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(Database.tablesThatMention(ids)).isEmpty());
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }
}
