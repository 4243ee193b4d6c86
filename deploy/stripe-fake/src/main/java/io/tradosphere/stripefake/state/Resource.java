package io.tradosphere.stripefake.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** One object of Stripe's API: the document that callers see, and what the fake keeps beside it. */
public final class Resource {

    private final String account;
    private final Clock clock;
    private final ObjectNode json;
    private final Map<String, Object> notes = new HashMap<>();

    /**
     * @param account the id of the account that owns it
     * @param clock the clock that it lives by
     * @param json the document; it has an {@code id} and an {@code object}
     */
    public Resource(String account, Clock clock, ObjectNode json) {
        this.account = account;
        this.clock = clock;
        this.json = json;
    }

    /** The id of the account that owns it. */
    public String account() {
        return account;
    }

    /** The clock that it lives by. */
    public Clock clock() {
        return clock;
    }

    /** The document itself, not a copy. */
    public ObjectNode json() {
        return json;
    }

    /** Its id. */
    public String id() {
        return json.get("id").asText();
    }

    /** Its type, such as {@code customer}. */
    public String type() {
        return json.get("object").asText();
    }

    /** A member, or a missing node. Dots lead into members of members. */
    public JsonNode get(String path) {
        JsonNode at = json;
        for (String name : path.split("\\.")) {
            at = at.path(name);
        }
        return at;
    }

    /** A member as text; null when it is absent or null. */
    public String text(String path) {
        JsonNode value = get(path);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** A member as a number; 0 when it is absent or null. */
    public long number(String path) {
        return get(path).asLong();
    }

    /** A member as a boolean; false when it is absent or null. */
    public boolean is(String path) {
        return get(path).asBoolean();
    }

    /** Whether the status is one of these. */
    public boolean hasStatus(String... statuses) {
        return java.util.Arrays.asList(statuses).contains(text("status"));
    }

    /** Sets members; see {@link Json#object}. Dots lead into members of members. */
    public Resource set(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String path = (String) namesAndValues[i];
            int dot = path.lastIndexOf('.');
            ObjectNode owner = dot < 0 ? json : (ObjectNode) get(path.substring(0, dot));
            owner.set(path.substring(dot + 1), Json.node(namesAndValues[i + 1]));
        }
        return this;
    }

    /** Adds to a numeric member. */
    public Resource add(String path, long amount) {
        return set(path, number(path) + amount);
    }

    /** Keeps a value beside the document, where no caller sees it. */
    public Resource note(String name, Object value) {
        notes.put(name, value);
        return this;
    }

    /** A value kept by {@link #note}; null when there is none. */
    @SuppressWarnings("unchecked")
    public <T> T note(String name) {
        return (T) notes.get(name);
    }
}
