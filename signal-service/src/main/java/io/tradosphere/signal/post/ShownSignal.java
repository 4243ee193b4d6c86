package io.tradosphere.signal.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.signal.view.SignalView;

/**
 * A signal by itself, as one caller sees it.
 *
 * @param myReaction the caller's own reaction, such as {@code rocket}; null when there is none or nobody is signed in
 */
record ShownSignal(@JsonUnwrapped SignalView signal, String myReaction) {

    static ShownSignal justPosted(SignalView signal) {
        return new ShownSignal(signal, null);
    }
}
