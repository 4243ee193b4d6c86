package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Account;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.Transfer;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.TransferCreateParams;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentsTest {

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
    void what_a_charge_brings_is_available_after_two_days() throws Exception {
        // Given
        pay(null, 1000, "pm_card_visa");
        var before = stripe.client.v1().balance().retrieve();

        // When
        stripe.days(2);

        // Then
        assertThat(before.getAvailable().get(0).getAmount()).isZero();
        assertThat(before.getPending().get(0).getAmount()).isEqualTo(941);
        assertThat(stripe.client.v1().balance().retrieve().getAvailable().get(0).getAmount())
                .isEqualTo(941);
    }

    @Test
    void a_dispute_takes_the_money_and_winning_evidence_brings_it_back() throws Exception {
        // Given
        PaymentIntent intent = pay(null, 10_000, "pm_card_createDispute");
        Dispute dispute = stripe.client.v1().disputes().list().getData().get(0);

        // When
        stripe.client
                .v1()
                .disputes()
                .update(
                        dispute.getId(),
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText("winning_evidence")
                                        .build())
                                .build());

        // Then
        assertThat(dispute.getCharge()).isEqualTo(intent.getLatestCharge());
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(stripe.client.v1().disputes().retrieve(dispute.getId()).getStatus())
                .isEqualTo("won");
        assertThat(stripe.events())
                .containsSubsequence(
                        "charge.dispute.created",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.updated",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.closed");
    }

    @Test
    void a_transfer_never_exceeds_what_is_available() throws Exception {
        // Given
        Account account = onboarded();
        stripe.control("POST", "/_fake/balance", "{\"currency\":\"usd\",\"available\":1500}");

        // When
        Transfer first = transfer(account, 1000);

        // Then
        assertThatThrownBy(() -> transfer(account, 1000))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        error -> assertThat(error.getCode()).isEqualTo("balance_insufficient"));
        assertThat(stripe.client.v1().balance().retrieve().getAvailable().get(0).getAmount())
                .isEqualTo(500);
        assertThat(stripe.client.v1().transfers().retrieve(first.getId()).getDestinationPayment())
                .startsWith("py_");
    }

    @Test
    void a_refund_takes_its_part_back_from_the_account_and_of_the_fee() throws Exception {
        // Given
        PaymentIntent intent = pay(onboarded(), 1000, "pm_card_visa");

        // When
        Refund half = refund(intent, 500L);
        Refund rest = refund(intent, null);

        // Then
        Charge charge = stripe.client
                .v1()
                .charges()
                .retrieve(
                        intent.getLatestCharge(),
                        ChargeRetrieveParams.builder()
                                .addExpand("transfer")
                                .addExpand("application_fee")
                                .addExpand("refunds")
                                .build());
        assertThat(half.getStatus()).isEqualTo("succeeded");
        assertThat(half.getTransferReversal()).startsWith("trr_");
        assertThat(rest.getAmount()).isEqualTo(500);
        assertThat(charge.getRefunded()).isTrue();
        assertThat(charge.getRefunds().getData()).hasSize(2);
        assertThat(charge.getTransferObject().getAmountReversed()).isEqualTo(1000);
        assertThat(charge.getTransferObject().getReversed()).isTrue();
        assertThat(charge.getApplicationFeeObject().getAmountRefunded()).isEqualTo(100);
        assertThatThrownBy(() -> refund(intent, null))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        error -> assertThat(error.getCode()).isEqualTo("charge_already_refunded"));
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

    private Refund refund(PaymentIntent intent, Long amount) throws Exception {
        return stripe.client
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .setAmount(amount)
                        .setReverseTransfer(true)
                        .setRefundApplicationFee(true)
                        .build());
    }

    private Transfer transfer(Account account, long amount) throws Exception {
        return stripe.client
                .v1()
                .transfers()
                .create(TransferCreateParams.builder()
                        .setAmount(amount)
                        .setCurrency("usd")
                        .setDestination(account.getId())
                        .build());
    }
}
