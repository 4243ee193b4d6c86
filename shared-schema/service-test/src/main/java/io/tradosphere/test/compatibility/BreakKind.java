package io.tradosphere.test.compatibility;

/** The kinds of breaking change of an HTTP API, each with its remedy. */
public enum BreakKind {
    OPERATION_REMOVED("Keep the operation and mark it deprecated."),
    OPERATION_RENAMED("Keep the operationId: generated clients name a method after it."),
    SECURITY_TIGHTENED("Keep serving callers with the credentials that sufficed."),
    SECURITY_SCHEME_CHANGED("Add the new scheme beside the old one."),
    PARAMETER_REMOVED("Keep the parameter and mark it deprecated: an unknown parameter is refused."),
    PARAMETER_REQUIRED("Make the parameter optional, with a default."),
    PARAMETER_SERIALISED_OTHERWISE("Add a parameter with another name."),
    BODY_REMOVED("Keep accepting the body."),
    BODY_REQUIRED("Make the body optional."),
    REQUEST_MEDIA_TYPE_REMOVED("Keep accepting the media type."),
    RESPONSE_MEDIA_TYPE_REMOVED("Keep offering the media type."),
    STATUS_REMOVED("Keep the status."),
    SUCCESS_STATUS_ADDED("Keep to the statuses of success that clients know."),
    RESPONSE_HEADER_REMOVED("Keep sending the header."),
    REQUEST_PROPERTY_REMOVED("Keep the property and mark it deprecated: an unknown property is refused."),
    REQUEST_PROPERTY_REQUIRED("Make the property optional, with a default."),
    RESPONSE_PROPERTY_REMOVED("Keep the property and mark it deprecated."),
    RESPONSE_PROPERTY_OPTIONAL("Keep sending the property always."),
    TYPE_CHANGED("Add a property or parameter with another name and the new type."),
    RESPONSE_MAY_BE_NULL("Keep sending a value, or add a property with another name."),
    REQUEST_NO_LONGER_NULL("Keep accepting null."),
    REQUEST_ENUM_VALUE_REMOVED("Keep accepting the value."),
    RESPONSE_ENUM_VALUE_ADDED(
            "Send the new value in a property with another name: generated clients refuse unknown values."),
    FORMAT_CHANGED("Keep the format: generated clients choose a type by it."),
    PATTERN_CHANGED("Accept what the old pattern allowed, and send nothing else."),
    REQUEST_BOUND_NARROWED("Keep accepting what the old bound allowed."),
    RESPONSE_BOUND_WIDENED("Keep what is sent within the old bound."),
    DEFAULT_CHANGED("Keep the default: a caller who leaves the value out relies on it."),
    UNKNOWN_PROPERTIES_REFUSED("Keep accepting further properties."),
    REQUEST_ALTERNATIVE_REMOVED("Keep accepting the alternative."),
    RESPONSE_ALTERNATIVE_ADDED("Send the new alternative in a property with another name."),
    DISCRIMINATOR_CHANGED("Keep the discriminator's property and values."),
    NOT_COMPARABLE("Leave the keyword as it was released; this comparison cannot tell whether the change is harmless.");

    private final String remedy;

    BreakKind(String remedy) {
        this.remedy = remedy;
    }

    /** What to do instead, a sentence. */
    public String remedy() {
        return remedy;
    }
}
