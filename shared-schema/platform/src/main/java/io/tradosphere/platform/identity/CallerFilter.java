package io.tradosphere.platform.identity;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.VerifiedTokens.Bearer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Reads the bearer token of a request that has one, before anything else looks at the request. A token that does not hold is
 * refused even where none is needed: whoever sends one means to be somebody.
 */
@ApplicationScoped
class CallerFilter {

    private static final Logger LOG = Logger.getLogger(CallerFilter.class);
    private static final String PLATFORM_ADMIN = "platform-admin";

    private final CurrentIdentityAssociation identities;
    private final CurrentCaller current;
    private final VerifiedTokens verified;
    private final String primaryIssuer;

    CallerFilter(
            CurrentIdentityAssociation identities,
            CurrentCaller current,
            VerifiedTokens verified,
            @ConfigProperty(name = "tradosphere.oidc.issuer") String primaryIssuer) {
        this.identities = identities;
        this.current = current;
        this.verified = verified;
        this.primaryIssuer = primaryIssuer;
    }

    @ServerRequestFilter(priority = FilterOrder.IDENTITY)
    Uni<Response> identify(ContainerRequestContext request) {
        String traceparent = Traceparent.honouring(request.getHeaderString(Traceparent.HEADER));
        current.beginTrace(traceparent);
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return null;
        }
        Optional<Bearer> known = verified.bearer(authorization);
        if (known.isPresent()) {
            current.identify(known.get().asking(traceparent));
            return null;
        }
        return identities
                .getDeferredIdentity()
                .map(this::bearer)
                .invoke(bearer -> verified.remember(authorization, bearer))
                .invoke(bearer -> current.identify(bearer.asking(traceparent)))
                .onFailure(CallerFilter::isProviderTrouble)
                .transform(CallerFilter::providerAway)
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(CallerFilter::refused)
                .replaceWith(() -> null);
    }

    private Bearer bearer(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw Problems.UNAUTHENTICATED.because("The Authorization header carries no bearer token.");
        }
        if (token.getSubject() == null || token.getSubject().isBlank()) {
            throw Problems.UNAUTHENTICATED.because("The token names no subject (sub).");
        }
        return new Bearer(
                ProfileIds.of(token.getIssuer(), token.getSubject(), primaryIssuer),
                identity.hasRole(PLATFORM_ADMIN),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static boolean isProviderTrouble(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OIDCException || cause instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }

    private static Problem providerAway(Throwable failure) {
        LOG.warnf("The OIDC provider cannot be asked: %s", failure.getMessage());
        return Problems.IDENTITY_PROVIDER_AWAY.because("The identity provider cannot be reached; try again shortly.");
    }

    private static Problem refused(Throwable failure) {
        if (failure instanceof AuthenticationFailedException) {
            LOG.debugf("Token refused: %s", failure.getMessage());
        } else {
            LOG.warnf("Token refused: %s", failure);
        }
        return Problems.UNAUTHENTICATED.because(
                "The bearer token is not valid here: expired, for another audience or issuer, or forged.");
    }
}
