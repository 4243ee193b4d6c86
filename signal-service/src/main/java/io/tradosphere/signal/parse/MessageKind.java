package io.tradosphere.signal.parse;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a text is: the call of a trade, or something else. */
enum MessageKind {
    /** It proposes one trade. */
    @JsonProperty("call")
    CALL,

    /** It changes a trade that was proposed before: a stop moved, an order cancelled. */
    @JsonProperty("update")
    UPDATE,

    /** It tells how a trade went: a target or stop reached, a position closed. */
    @JsonProperty("result")
    RESULT,

    /** It asks about a trade. */
    @JsonProperty("question")
    QUESTION,

    /** It is about an option, whose premium is no price of the asset. */
    @JsonProperty("option")
    OPTION,

    /** It proposes several trades. */
    @JsonProperty("several")
    SEVERAL,

    /** Anything else, such as news, an opinion, an advertisement or a joke. */
    @JsonProperty("other")
    OTHER
}
