package io.tradosphere.contracts;

/**
 * Something that happened, and committed. Each topic has one sealed family of events ({@code FollowEvent}, {@code SignalEvent}
 * …) and each type of event one record in it.
 *
 * <p>This interface itself is open only because Java seals across packages in named modules alone; nothing outside this library
 * implements it.
 */
public interface Event {
    /** Which type of event this is. */
    EventType type();

    /** What it happened to: the id of the aggregate, the row that the write locked. Becomes {@code ce_subject}. */
    String subject();

    /** The Kafka key: events of one key keep their order. */
    String key();

    /** Where it is published. */
    default Topic topic() {
        return type().topic();
    }

    /**
     * The same event for another topic of its type.
     *
     * @throws IllegalArgumentException when that topic doesn't carry the type
     */
    default Event on(Topic topic) {
        return new EventOnTopic(this, topic);
    }
}
