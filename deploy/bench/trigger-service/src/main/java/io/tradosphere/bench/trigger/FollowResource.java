package io.tradosphere.bench.trigger;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** REST resource for {@code PUT /v1/follows/{profileId}}, as in social-service but without events. The trigger counts. */
@Path("/v1/follows")
class FollowResource {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final CurrentIdentityAssociation identities;
    private final Follows follows;

    /** A cache of verified tokens, as in social-service. */
    private final Map<String, UUID> callers = new ConcurrentHashMap<>();

    FollowResource(CurrentIdentityAssociation identities, Follows follows) {
        this.identities = identities;
        this.follows = follows;
    }

    /** Makes the caller follow a profile; 204, also when it is followed already. */
    @PUT
    @Path("/{profileId}")
    public Uni<Void> follow(
            @PathParam("profileId") UUID profile, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return caller(authorization == null ? "" : authorization)
                .chain(caller -> caller.equals(profile)
                        ? Uni.createFrom().failure(() -> new ClientErrorException(Response.Status.BAD_REQUEST))
                        : follows.follow(caller, profile))
                .onFailure(FollowResource::isUnknownProfile)
                .transform(unknown -> new NotFoundException());
    }

    private Uni<UUID> caller(String authorization) {
        UUID known = callers.get(authorization);
        return known != null
                ? Uni.createFrom().item(known)
                : identities
                        .getDeferredIdentity()
                        .map(FollowResource::caller)
                        .invoke(caller -> callers.put(authorization, caller));
    }

    private static UUID caller(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new NotAuthorizedException("Bearer");
        }
        return UUID.fromString(token.getSubject());
    }

    private static boolean isUnknownProfile(Throwable failure) {
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }
}
