package io.tradosphere.streaming.settings;

import io.tradosphere.platform.service.SettingsCheck;
import io.tradosphere.platform.service.Variables;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A check of streaming-service's settings. Production needs an Agora project; recording is all or nothing. */
public final class StreamingSettings implements SettingsCheck {

    private static final String AGORA = "https://api.agora.io";
    private static final List<String> RECORDING = List.of(
            "AGORA_CUSTOMER_KEY",
            "AGORA_CUSTOMER_SECRET",
            "AGORA_STORAGE_VENDOR",
            "AGORA_STORAGE_REGION",
            "AGORA_STORAGE_BUCKET",
            "AGORA_STORAGE_ACCESS_KEY",
            "AGORA_STORAGE_SECRET_KEY");

    @Override
    public Optional<String> error(UnaryOperator<String> environment, boolean production) {
        return new Check(new Variables(environment, production)).error();
    }

    private record Check(Variables variables) {

        Optional<String> error() {
            return variables
                    .required("AGORA_APP_ID", "the id of the Agora project")
                    .or(() -> variables.invalid("AGORA_APP_ID", "[0-9a-f]{32}", "32 hexadecimal digits"))
                    .or(() ->
                            variables.required("AGORA_APP_CERTIFICATE", "the primary certificate of the Agora project"))
                    .or(() -> variables.invalid("AGORA_APP_CERTIFICATE", "[0-9a-f]{32}", "32 hexadecimal digits"))
                    .or(() -> variables.required("AGORA_NOTIFICATION_SECRET", "the secret of Agora's notifications"))
                    .or(() -> variables.invalid(
                            "AGORA_NOTIFICATION_SECRET",
                            "[^\\s,]{8,}(\\s*,\\s*[^\\s,]{8,})*",
                            "a secret of at least 8 characters, or several separated by commas"))
                    .or(() -> variables.invalid(
                            "AGORA_TOKEN_MINUTES",
                            "[1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440",
                            "from 1 to 1440"))
                    .or(() -> variables.notAnApi("AGORA_API_BASE", AGORA))
                    .or(this::recording)
                    .or(() -> variables.invalid("AGORA_STORAGE_VENDOR", "[0-9]{1,3}", "one of Agora's numbers"))
                    .or(() -> variables.invalid("AGORA_STORAGE_REGION", "[0-9]{1,3}", "one of Agora's numbers"));
        }

        private Optional<String> recording() {
            List<String> missing = RECORDING.stream()
                    .filter(name -> variables.value(name).isEmpty())
                    .toList();
            return missing.isEmpty() || missing.size() == RECORDING.size()
                    ? Optional.empty()
                    : Optional.of("set " + missing.get(0) + " too, or none of what recording needs: "
                            + String.join(", ", RECORDING) + ".");
        }
    }
}
