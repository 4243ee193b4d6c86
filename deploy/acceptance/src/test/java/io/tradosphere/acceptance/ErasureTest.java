package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.verify.VerifyCommand;
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

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void an_erased_person_is_gone_everywhere_and_counts_of_others_fall() {
        // given somebody who has left a mark in every table there is
        Client person = Client.stranger();
        person.makeProfile("Idempotency-Key", "made-once");
        Client idol = Client.arrived();
        Client fan = Client.arrived();
        Client foe = Client.arrived();
        Client.admin().does("PUT", "/v1/profiles/" + person.id() + "/tier", "{\"tier\":\"gladiator\"}");
        person.does("PATCH", "/v1/profiles/me", "{\"stealthMode\":true}");
        person.does("PUT", "/v1/follows/" + idol.id(), null);
        fan.does("PUT", "/v1/follows/" + person.id(), null);
        person.does("PUT", "/v1/follows/blocks/" + foe.id(), null);
        String clan = "Clan " + person.id().toString().substring(0, 8);
        assertThat(person.call("POST", "/v1/clans", "{\"name\":\"" + clan + "\"}", "Idempotency-Key", "clan-once")
                        .status())
                .isEqualTo(201);
        await().atMost(SOON).until(() -> idol.followerCount() == 1 && person.followerCount() == 1);
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
        await().atMost(SOON).until(() -> idol.followerCount() == 0);
        Broker.awaitDrained();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Database.tablesThatMention(person.id())).isEmpty());
        assertThat(Client.nobody()
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
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_person_who_comes_back_at_once_starts_at_zero_and_stays_right() {
        // given somebody with twenty fans
        Client person = Client.arrived();
        Client idol = Client.arrived();
        List<Client> fans =
                IntStream.range(0, 20).mapToObj(number -> Client.arrived()).toList();
        person.does("PUT", "/v1/follows/" + idol.id(), null);
        fans.forEach(fan -> fan.does("PUT", "/v1/follows/" + person.id(), null));

        // when they leave and come back while all that is still under way
        person.does("DELETE", "/v1/profiles/me", null);
        person.makeProfile();

        // then they start at zero, and what their first life left behind changes nothing
        assertThat(person.followerCount()).isZero();
        Broker.awaitDrained();
        assertThat(person.followerCount()).isZero();
        assertThat(idol.followerCount()).isZero();
        assertThat(TheSuite.run(new VerifyCommand())).isZero();

        // and what happens now counts
        fans.subList(0, 3).forEach(fan -> fan.does("PUT", "/v1/follows/" + person.id(), null));
        person.does("PUT", "/v1/follows/" + idol.id(), null);
        fans.get(0).does("DELETE", "/v1/follows/" + person.id(), null);
        await().atMost(SOON).until(() -> person.followerCount() == 2 && idol.followerCount() == 1);
        Broker.awaitDrained();
        assertThat(person.followerCount()).isEqualTo(2);
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void people_who_are_erased_while_others_follow_them_leave_nothing_behind() {
        // given
        List<Client> fans =
                IntStream.range(0, 24).mapToObj(number -> Client.arrived()).toList();
        List<Client> leavers =
                IntStream.range(0, 12).mapToObj(number -> Client.arrived()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // when each is followed by all and leaves in the middle of it
        List<CompletableFuture<Client.Answer>> follows = new ArrayList<>();
        for (Client leaver : leavers) {
            fans.subList(0, 12)
                    .forEach(fan -> follows.add(CompletableFuture.supplyAsync(() -> fan.follow(leaver), threads)));
            CompletableFuture.runAsync(() -> leaver.does("DELETE", "/v1/profiles/me", null), threads);
            fans.subList(12, 24)
                    .forEach(fan -> follows.add(CompletableFuture.supplyAsync(() -> fan.follow(leaver), threads)));
        }

        // then a follow is made or refused because they have left, and nothing of them stays
        assertThat(follows)
                .extracting(CompletableFuture::join)
                .extracting(Client.Answer::status)
                .isSubsetOf(204, 404);
        threads.shutdown();
        Broker.awaitDrained();
        UUID[] gone = leavers.stream().map(Client::id).toArray(UUID[]::new);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Database.tablesThatMention(gone)).isEmpty());
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }
}
