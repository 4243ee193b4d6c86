package io.tradosphere.profile.settings;

import io.tradosphere.platform.service.SettingsCheck;
import io.tradosphere.platform.service.Variables;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A check of profile-service's settings. It needs its secret in development too: digests that are stored depend on it. */
public final class ProfileSettings implements SettingsCheck {

    private static final String SECRET = "USERNAME_SECRET";

    @Override
    public Optional<String> error(UnaryOperator<String> environment, boolean production) {
        Variables variables = new Variables(environment, production);
        return variables.value(SECRET).isEmpty()
                ? Optional.of("set " + SECRET + ": the key of the digests of erased usernames.")
                : variables.invalid(SECRET, ".{32,}", "a secret of at least 32 characters");
    }
}
