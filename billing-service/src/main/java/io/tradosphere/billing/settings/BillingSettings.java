package io.tradosphere.billing.settings;

import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.platform.service.SettingsCheck;
import io.tradosphere.platform.service.Variables;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A check of billing-service's settings. Production needs live keys of Stripe's own address; development can do without any. */
public final class BillingSettings implements SettingsCheck {

    private static final String TIER_PRICE = "(grow|elite|gladiator)=[0-9]{1,6}(\\.[0-9]{1,3})?";
    private static final String STRIPE = "https://api.stripe.com";

    @Override
    public Optional<String> error(UnaryOperator<String> environment, boolean production) {
        return new Check(new Variables(environment, production)).error();
    }

    private record Check(Variables variables) {

        Optional<String> error() {
            return secretKey()
                    .or(() -> variables.notAnApi("STRIPE_API_BASE", STRIPE))
                    .or(this::webhookSecrets)
                    .or(this::returnOrigins)
                    .or(() -> variables.invalid(
                            "STRIPE_CALLS_PER_SECOND", "[1-9][0-9]{0,4}", "a whole number from 1 to 99999"))
                    .or(() -> variables.invalid(
                            "TRADOSPHERE_SUBSCRIPTION_FEE_PERCENT",
                            "[0-9]{1,2}(\\.[0-9]{1,2})?",
                            "a percentage from 0 to 99.99"))
                    .or(() -> variables.invalid(
                            "TRADOSPHERE_SUBSCRIPTION_GRACE_DAYS",
                            "[0-9]|[1-5][0-9]|60",
                            "a number of days from 0 to 60"))
                    .or(() -> variables.invalid(
                            "TRADOSPHERE_TIER_PRICES",
                            TIER_PRICE + "(\\s*,\\s*" + TIER_PRICE + ")*",
                            "prices a month such as grow=9.99,elite=29.99,gladiator=99.99"))
                    .or(() -> variables
                            .value("TRADOSPHERE_TIER_CURRENCY")
                            .filter(code -> StripeCurrency.of(code).isEmpty())
                            .map(code ->
                                    "TRADOSPHERE_TIER_CURRENCY is a currency that Stripe charges in, such as USD."));
        }

        private Optional<String> secretKey() {
            return variables
                    .required("STRIPE_SECRET_KEY", "the secret key of the Stripe account")
                    .or(() -> variables.invalid(
                            "STRIPE_SECRET_KEY",
                            variables.production() ? "(sk|rk)_live_\\S+" : "(sk|rk)_(live|test)_\\S+",
                            variables.production()
                                    ? "a live key (sk_live_… or rk_live_…); test keys are for TRADOSPHERE_ENVIRONMENT=development"
                                    : "a key such as sk_test_…"));
        }

        private Optional<String> webhookSecrets() {
            return variables
                    .required("STRIPE_WEBHOOK_SECRET", "the signing secret of the Stripe webhook endpoint")
                    .or(() -> variables.invalid(
                            "STRIPE_WEBHOOK_SECRET",
                            "whsec_[^\\s,]{16,}(\\s*,\\s*whsec_[^\\s,]{16,})*",
                            "a signing secret (whsec_…), or several separated by commas"));
        }

        private Optional<String> returnOrigins() {
            return variables
                    .required("TRADOSPHERE_RETURN_ORIGINS", "the origins of the apps that callers are sent back to")
                    .or(() -> variables
                            .value("TRADOSPHERE_RETURN_ORIGINS")
                            .filter(origins ->
                                    !origins.matches(variables.production() ? list("https") : list("https?")))
                            .map(origins ->
                                    "TRADOSPHERE_RETURN_ORIGINS is a list of origins such as https://app.example.com,"
                                            + " separated by commas; http is for development alone."));
        }

        private static String list(String scheme) {
            String origin = scheme + "://[^\\s,/@?#\\\\]+";
            return origin + "(\\s*,\\s*" + origin + ")*";
        }
    }
}
