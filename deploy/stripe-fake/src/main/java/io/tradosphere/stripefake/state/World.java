package io.tradosphere.stripefake.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.Settings;
import java.util.function.Consumer;

/**
 * What all parts of the fake share. Whoever reads or changes it holds its monitor, so calls and timers happen one after
 * the other.
 */
public final class World {

    /** The id of the platform's own account. */
    public static final String PLATFORM = "acct_1FakePlatform00";

    private final Settings settings;
    private final Store store;
    private final Ids ids;
    private final Clock clock;
    private final Recorder recorder;
    private ObjectNode request = noRequest();

    /** Takes note of what happened. */
    public interface Recorder {
        /**
         * Something happened to an object.
         *
         * @param previous the former values of what changed; null when nothing is to be said about that
         */
        void record(World world, Resource about, String type, ObjectNode previous);
    }

    /**
     * @param settings what the fake was started with
     * @param clock the fake's own clock
     * @param recorder what makes events of changes
     */
    public World(Settings settings, Clock clock, Recorder recorder) {
        this.settings = settings;
        this.store = new Store(settings.maxObjects());
        this.ids = new Ids(settings.seed());
        this.clock = clock;
        this.recorder = recorder;
    }

    /** What the fake was started with. */
    public Settings settings() {
        return settings;
    }

    /** All objects. */
    public Store store() {
        return store;
    }

    /** The source of ids. */
    public Ids ids() {
        return ids;
    }

    /** The fake's own clock, by which everything lives that has no test clock. */
    public Clock clock() {
        return clock;
    }

    /** Adds a new object. */
    public Resource add(String account, Clock by, ObjectNode json) {
        return store.add(new Resource(account, by, json));
    }

    /** Says that something happened to an object, such as {@code customer.created}. */
    public void emit(Resource about, String type) {
        recorder.record(this, about, type, null);
    }

    /** Changes an object. If that makes a difference, it says so with the former values. */
    public void change(Resource resource, String type, Consumer<Resource> change) {
        ObjectNode before = resource.json().deepCopy();
        change.accept(resource);
        ObjectNode previous = Json.previous(before, resource.json());
        if (!previous.isEmpty()) {
            recorder.record(this, resource, type, previous);
        }
    }

    /** The call that is being answered, as an event's {@code request} says it. */
    public ObjectNode request() {
        return request.deepCopy();
    }

    /** Says which call is being answered. */
    public void answering(String id, String idempotencyKey) {
        request = Json.object("id", id, "idempotency_key", idempotencyKey);
    }

    /** Says that no call is being answered: what happens next is the clock's doing. */
    public void idle() {
        request = noRequest();
    }

    private static ObjectNode noRequest() {
        return Json.object("id", null, "idempotency_key", null);
    }
}
