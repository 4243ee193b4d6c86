package io.tradosphere.messaging.notification;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person chose for themselves.
 *
 * @param whoMayWrite who may send them messages; null in a request for everyone
 * @param types whether each type of notification is on; a type that a request leaves out is on
 */
@Schema(name = "NotificationPreferences")
record Preferences(Writers whoMayWrite, Map<NotificationType, @NotNull(message = "is true or false") Boolean> types) {}
