package io.tradosphere.messaging.notification;

import java.util.Map;
import java.util.UUID;

/**
 * A cause of a notification, or its end.
 *
 * @param userId who is notified
 * @param incarnation the incarnation of that person's id
 * @param subject what it is about: unread causes of one type and subject are one notification
 * @param key what distinguishes the cause from others of its type
 * @param actorId who caused it; null when nobody did
 * @param actorIncarnation the incarnation of the actor's id; null without an actor
 * @param title a title that names no person
 * @param data ids and figures for clients; no ids of people
 * @param isActive false when the cause is undone, such as a follow
 * @param sequence the sequence of the event; of one cause only a higher one counts
 */
record Cause(
        UUID userId,
        long incarnation,
        NotificationType type,
        String subject,
        String key,
        UUID actorId,
        Long actorIncarnation,
        String title,
        Map<String, String> data,
        boolean isActive,
        long sequence) {

    /** The cause's name in the database, unique for the person. */
    String name() {
        return type.text() + ":" + key;
    }

    /** Whether somebody would be notified of what they did themselves. */
    boolean isOwn() {
        return userId.equals(actorId);
    }
}
