package io.tradosphere.platform.service;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A check of the environment variables that one service alone reads. {@link ServiceMain} finds it by {@link
 * java.util.ServiceLoader} and runs it before Quarkus starts.
 */
public interface SettingsCheck {

    /**
     * Finds the first error.
     *
     * @param environment returns the value of a variable; null when it is not set
     * @param production whether the service runs in production
     * @return the error with its remedy, in one line; empty when the service can start
     */
    Optional<String> error(UnaryOperator<String> environment, boolean production);
}
