package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of notifications. */
@Path("/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications", description = "What the caller is told of, and who may write to the caller.")
class NotificationResource {

    private final Notifications notifications;
    private final CurrentCaller current;

    NotificationResource(Notifications notifications, CurrentCaller current) {
        this.notifications = notifications;
        this.current = current;
    }

    /**
     * Lists the caller's notifications, the latest first.
     *
     * @param unread {@code true} for unread ones only; {@code false} when absent
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "listNotifications")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<NotificationView>> list(
            @QueryParam("unread") String unread,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return notifications.list(current.required(), isTrue(unread), PageRequest.of(limit, cursor));
    }

    /**
     * Counts the caller's unread notifications.
     *
     * @return the number
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Path("/unread-count")
    @Operation(operationId = "countUnreadNotifications")
    @SecurityRequirement(name = "bearer")
    public Uni<UnreadCount> unreadCount() {
        return notifications.unreadCount(current.required());
    }

    /**
     * Marks a notification as read. Marking it again changes nothing.
     *
     * @param notification the id of the notification
     * @throws Problem {@code profile-required} (403), {@code not-found} (404)
     */
    @POST
    @Path("/{notificationId}/read")
    @Operation(operationId = "readNotification")
    @APIResponse(responseCode = "204", description = "The notification is read")
    public Uni<Void> read(@PathParam("notificationId") UUID notification) {
        return notifications.read(current.required(), notification);
    }

    /**
     * Marks all notifications of the caller as read.
     *
     * @throws Problem {@code profile-required} (403)
     */
    @POST
    @Path("/read-all")
    @Operation(operationId = "readAllNotifications")
    @APIResponse(responseCode = "204", description = "All notifications are read")
    public Uni<Void> readAll() {
        return notifications.readAll(current.required());
    }

    private static boolean isTrue(String unread) {
        if (unread == null || unread.equals("false")) {
            return false;
        }
        if (unread.equals("true")) {
            return true;
        }
        throw ProblemKind.INVALID_REQUEST.because(
                "unread is true or false.", List.of(new Violation("unread", "is true or false")));
    }
}
