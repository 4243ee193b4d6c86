package io.tradosphere.stripefake;

import com.stripe.model.Account;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.util.Map;

/** A life in which most kinds of objects occur. */
final class Scenario {

    private Scenario() {}

    static void everything(Stripe stripe) throws Exception {
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));
        stripe.days(10);
        stripe.client
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .get(0)
                                                .getId())
                                        .setPrice(stripe.monthly("usd", 3000).getId())
                                        .build())
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                                .build());
        Account account = stripe.client
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
        stripe.submit("/setup/e/" + account.getId() + "/finish", Map.of());
        PaymentIntent intent = stripe.client
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("usd")
                        .setConfirm(true)
                        .setPaymentMethod("pm_card_visa")
                        .setApplicationFeeAmount(100L)
                        .setTransferData(PaymentIntentCreateParams.TransferData.builder()
                                .setDestination(account.getId())
                                .build())
                        .build());
        stripe.client
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .setReverseTransfer(true)
                        .setRefundApplicationFee(true)
                        .build());
        stripe.client
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1000L)
                        .setCurrency("usd")
                        .setConfirm(true)
                        .setPaymentMethod("pm_card_createDispute")
                        .build());
        Session session = stripe.client
                .v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setSuccessUrl("https://shop.example/done")
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setPrice(stripe.monthly("jpy", 1000).getId())
                                .setQuantity(1L)
                                .build())
                        .build());
        stripe.submit(session.getUrl() + "/pay", Map.of());
        stripe.client
                .v1()
                .billingPortal()
                .sessions()
                .create(com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .build());
        stripe.days(15);
    }
}
