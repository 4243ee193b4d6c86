package io.tradosphere.platform.service;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The environment variables of a {@link SettingsCheck}. Values may be secrets, so no error repeats one.
 *
 * @param environment returns the value of a variable; null when it is not set
 * @param production whether the service runs in production
 */
public record Variables(UnaryOperator<String> environment, boolean production) {

    /** The value of a variable; empty when it is not set. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(environment.apply(name));
    }

    /**
     * The error when production misses a variable.
     *
     * @param meaning what its value is, as the end of a sentence
     */
    public Optional<String> required(String name, String meaning) {
        return production && value(name).isEmpty()
                ? Optional.of("set " + name + ": " + meaning + ".")
                : Optional.empty();
    }

    /**
     * The error when a variable is set to something else.
     *
     * @param form a regular expression of the whole value
     * @param meaning what its value is, as the end of a sentence
     */
    public Optional<String> invalid(String name, String form, String meaning) {
        return value(name).filter(text -> !text.matches(form)).map(text -> name + " is " + meaning + ".");
    }

    /**
     * The error when the address of somebody else's API is wrong: production has only the real one.
     *
     * @param real the API's own address
     */
    public Optional<String> notAnApi(String name, String real) {
        return value(name)
                .filter(base -> production ? !base.equals(real) : !base.matches("https?://[^\\s/]+"))
                .map(base -> production
                        ? name + " is " + real + " in production; leave it unset."
                        : name + " is an http or https URL without a path.");
    }
}
