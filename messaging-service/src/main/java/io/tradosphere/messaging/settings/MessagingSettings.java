package io.tradosphere.messaging.settings;

import io.tradosphere.platform.service.SettingsCheck;
import io.tradosphere.platform.service.Variables;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A check of messaging-service's settings. All have defaults. */
public final class MessagingSettings implements SettingsCheck {

    private static final List<String> NUMBERS = List.of(
            "TRADOSPHERE_MESSAGING_MESSAGES_PER_MINUTE",
            "TRADOSPHERE_MESSAGING_MESSAGES_AT_ONCE",
            "TRADOSPHERE_MESSAGING_STREAMS",
            "TRADOSPHERE_MESSAGING_STREAMS_PER_PERSON");

    @Override
    public Optional<String> error(UnaryOperator<String> environment, boolean production) {
        Variables variables = new Variables(environment, production);
        return NUMBERS.stream()
                .flatMap(name -> variables.invalid(name, "[1-9][0-9]{0,5}", "a whole number from 1 to 999999").stream())
                .findFirst();
    }
}
