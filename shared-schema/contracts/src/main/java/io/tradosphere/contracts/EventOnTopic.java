package io.tradosphere.contracts;

/**
 * An event that is published to a topic of its type other than {@link EventType#topic()}. Its body and envelope are those of the
 * event itself.
 *
 * @param event the event
 * @param topic a topic that may carry its type
 */
record EventOnTopic(Event event, Topic topic) implements Event {
    /** Refuses a topic that doesn't carry the type. */
    EventOnTopic {
        if (!event.type().topics().contains(topic)) {
            throw new IllegalArgumentException(event.type().ceType() + " doesn't belong in " + topic.topicName());
        }
    }

    @Override
    public EventType type() {
        return event.type();
    }

    @Override
    public String subject() {
        return event.subject();
    }

    @Override
    public String key() {
        return event.key();
    }
}
