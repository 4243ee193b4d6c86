package io.tradosphere.signal.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.signal.view.SignalView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A signal as one caller sees it.
 *
 * @param signal the signal
 * @param myReaction the caller's own reaction, such as {@code rocket}; null without a reaction or without a token
 */
record ShownSignal(
        @JsonUnwrapped SignalView signal,
        @Nullable @Schema(implementation = Reaction.class) String myReaction) {

    static ShownSignal justPosted(SignalView signal) {
        return new ShownSignal(signal, null);
    }
}
