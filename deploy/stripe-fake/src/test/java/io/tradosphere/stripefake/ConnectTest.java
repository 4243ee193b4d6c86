package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountLinkCreateParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private Stripe stripe;

    @BeforeEach
    void start() {
        stripe = Stripe.start();
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void an_account_can_be_paid_once_its_onboarding_is_finished() throws Exception {
        // Given
        Account account = account();
        AccountLink link = link(account);

        // When
        HttpResponse<String> page =
                stripe.send(link.getUrl().replace(stripe.fake.baseUrl(), ""), "GET", "text/plain", "");
        HttpResponse<String> back = stripe.submit(
                "/setup/e/" + account.getId() + "/finish", Map.of("return_url", "https://shop.example/onboarded"));

        // Then
        Account ready = stripe.client.v1().accounts().retrieve(account.getId());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(back.headers().firstValue("location")).contains("https://shop.example/onboarded");
        assertThat(account.getChargesEnabled()).isFalse();
        assertThat(account.getType()).isEqualTo("express");
        assertThat(ready.getChargesEnabled()).isTrue();
        assertThat(ready.getPayoutsEnabled()).isTrue();
        assertThat(ready.getCapabilities().getTransfers()).isEqualTo("active");
    }

    @Test
    void a_link_works_once_and_for_five_minutes() throws Exception {
        // Given
        Account account = account();
        String used = link(account).getUrl().replace(stripe.fake.baseUrl(), "");
        String late = link(account).getUrl().replace(stripe.fake.baseUrl(), "");
        stripe.send(used, "GET", "text/plain", "");

        // When
        stripe.fake.advance(Duration.ofMinutes(6));

        // Then
        assertThat(stripe.send(used, "GET", "text/plain", "").statusCode()).isEqualTo(404);
        assertThat(stripe.send(late, "GET", "text/plain", "").headers().firstValue("location"))
                .contains("https://shop.example/again");
    }

    @Test
    void nothing_can_be_sent_to_an_account_that_is_not_onboarded_or_was_refused() throws Exception {
        // Given
        Account fresh = account();
        Account refused = onboarded();
        stripe.submit("/setup/e/" + refused.getId() + "/refuse", Map.of());

        // Then
        for (Account account : new Account[] {fresh, refused}) {
            assertThatThrownBy(() -> pay(account, 1000, "pm_card_visa"))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            error -> assertThat(error.getCode()).isEqualTo("insufficient_capabilities_for_transfer"));
        }
    }

    @Test
    void an_account_that_is_gone_is_refused_like_one_that_is_not_connected() throws Exception {
        // Given
        Account account = account();
        stripe.client.v1().accounts().delete(account.getId());

        // Then
        assertThatThrownBy(() -> stripe.client.v1().accounts().delete(account.getId()))
                .isInstanceOfSatisfying(PermissionException.class, error -> {
                    assertThat(error.getStatusCode()).isEqualTo(403);
                    assertThat(error.getCode()).isEqualTo("account_invalid");
                });
    }

    @Test
    void of_a_destination_charge_the_account_gets_all_but_the_fee() throws Exception {
        // Given
        Account account = onboarded();

        // When
        PaymentIntent intent = pay(account, 1000, "pm_card_bypassPending");

        // Then
        Charge charge = stripe.client
                .v1()
                .charges()
                .retrieve(
                        intent.getLatestCharge(),
                        ChargeRetrieveParams.builder()
                                .addExpand("transfer")
                                .addExpand("application_fee")
                                .addExpand("balance_transaction")
                                .build());
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(charge.getTransferObject().getAmount()).isEqualTo(1000);
        assertThat(charge.getTransferObject().getDestination()).isEqualTo(account.getId());
        assertThat(charge.getApplicationFeeObject().getAmount()).isEqualTo(100);
        assertThat(charge.getBalanceTransactionObject().getFee()).isEqualTo(59);
        assertThat(stripe.events()).contains("charge.succeeded", "transfer.created", "application_fee.created");
    }

    @Test
    void each_invoice_of_a_subscription_is_a_destination_charge_with_a_fee_in_percent() throws Exception {
        // Given
        Account account = onboarded();
        stripe.client
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(stripe.payer("pm_card_visa").getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(stripe.monthly("jpy", 1005).getId())
                                .build())
                        .setApplicationFeePercent(new BigDecimal("10"))
                        .setTransferData(SubscriptionCreateParams.TransferData.builder()
                                .setDestination(account.getId())
                                .build())
                        .build());

        // When a month passes
        stripe.days(29);

        // Then
        assertThat(stripe.client
                        .v1()
                        .charges()
                        .list(ChargeListParams.builder()
                                .addExpand("data.application_fee")
                                .addExpand("data.transfer")
                                .build())
                        .getData())
                .hasSize(2)
                .allSatisfy(charge -> {
                    assertThat(charge.getApplicationFeeObject().getAmount()).isEqualTo(101);
                    assertThat(charge.getTransferObject().getAmount()).isEqualTo(1005);
                    assertThat(charge.getTransferObject().getDestination()).isEqualTo(account.getId());
                });
    }

    @Test
    void what_belongs_to_an_account_is_seen_only_on_its_behalf() throws Exception {
        // Given
        Account account = onboarded();
        RequestOptions onBehalf =
                RequestOptions.builder().setStripeAccount(account.getId()).build();
        String customer = stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().build(), onBehalf)
                .getId();

        // Then
        assertThat(stripe.client.v1().customers().retrieve(customer, onBehalf).getId())
                .isEqualTo(customer);
        assertThatThrownBy(() -> stripe.client.v1().customers().retrieve(customer))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> stripe.client
                        .v1()
                        .customers()
                        .list(RequestOptions.builder()
                                .setStripeAccount("acct_unknown")
                                .build()))
                .isInstanceOfSatisfying(
                        PermissionException.class,
                        error -> assertThat(error.getCode()).isEqualTo("account_invalid"));
    }

    private Account account() throws Exception {
        return stripe.client
                .v1()
                .accounts()
                .create(AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.EXPRESS)
                        .setCapabilities(AccountCreateParams.Capabilities.builder()
                                .setTransfers(AccountCreateParams.Capabilities.Transfers.builder()
                                        .setRequested(true)
                                        .build())
                                .build())
                        .build());
    }

    private Account onboarded() throws Exception {
        Account account = account();
        stripe.submit("/setup/e/" + account.getId() + "/finish", Map.of());
        return account;
    }

    private AccountLink link(Account account) throws Exception {
        return stripe.client
                .v1()
                .accountLinks()
                .create(AccountLinkCreateParams.builder()
                        .setAccount(account.getId())
                        .setType(AccountLinkCreateParams.Type.ACCOUNT_ONBOARDING)
                        .setReturnUrl("https://shop.example/onboarded")
                        .setRefreshUrl("https://shop.example/again")
                        .build());
    }

    private PaymentIntent pay(Account destination, long amount, String card) throws Exception {
        PaymentIntentCreateParams.Builder params = PaymentIntentCreateParams.builder()
                .setAmount(amount)
                .setCurrency("usd")
                .setPaymentMethod(card)
                .setConfirm(true)
                .setReturnUrl("https://shop.example/");
        if (destination != null) {
            params.setApplicationFeeAmount(amount / 10)
                    .setTransferData(PaymentIntentCreateParams.TransferData.builder()
                            .setDestination(destination.getId())
                            .build());
        }
        return stripe.client.v1().paymentIntents().create(params.build());
    }
}
