package io.tradosphere.platform.identity;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.http.Traceparent;
import io.tradosphere.platform.identity.VerifiedTokens.Bearer;
import io.tradosphere.telemetry.LogFields;
import io.tradosphere.telemetry.LogSettings;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A request filter that authenticates the bearer token, when there is one, before other filters. An invalid token is refused even
 * where no token is required.
 */
@ApplicationScoped
class CallerFilter {

    private static final Logger LOG = Logger.getLogger(CallerFilter.class);
    private static final String PLATFORM_ADMIN = "platform-admin";

    private final CurrentIdentityAssociation identities;
    private final CurrentCaller current;
    private final VerifiedTokens verified;
    private final Pseudonyms pseudonyms;
    private final boolean tellsGateway;
    private final String primaryIssuer;

    CallerFilter(
            CurrentIdentityAssociation identities,
            CurrentCaller current,
            VerifiedTokens verified,
            Pseudonyms pseudonyms,
            @ConfigProperty(name = LogSettings.JSON, defaultValue = "false") boolean logIsJson,
            @ConfigProperty(name = "tradosphere.oidc.issuer") String primaryIssuer) {
        this.identities = identities;
        this.current = current;
        this.verified = verified;
        this.pseudonyms = pseudonyms;
        this.tellsGateway = logIsJson;
        this.primaryIssuer = primaryIssuer;
    }

    @ServerRequestFilter(priority = FilterOrder.IDENTITY)
    Uni<Response> identify(ContainerRequestContext request, HttpServerResponse response) {
        String traceparent = Traceparent.honouring(request.getHeaderString(Traceparent.HEADER));
        current.beginTrace(traceparent);
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return null;
        }
        Optional<Bearer> known = verified.bearer(authorization);
        if (known.isPresent()) {
            identified(known.get(), traceparent, response);
            return null;
        }
        return identities
                .getDeferredIdentity()
                .map(this::bearer)
                .invoke(bearer -> verified.remember(authorization, bearer))
                .invoke(bearer -> identified(bearer, traceparent, response))
                .onFailure(CallerFilter::isProviderFailure)
                .transform(CallerFilter::providerUnavailable)
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(CallerFilter::refused)
                .replaceWith(() -> null);
    }

    private void identified(Bearer bearer, String traceparent, HttpServerResponse response) {
        current.identify(bearer.toCaller(traceparent), bearer.expires());
        if (bearer.pseudonym() != null) {
            MDC.put(LogFields.CALLER, bearer.pseudonym());
            if (tellsGateway) {
                response.putHeader(LogFields.CALLER_HEADER, bearer.pseudonym());
            }
        }
    }

    private Bearer bearer(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw InvalidToken.because("The Authorization header has no bearer token.");
        }
        if (token.getSubject() == null || token.getSubject().isBlank()) {
            throw InvalidToken.because("The token has no subject (sub).");
        }
        UUID id = ProfileIds.of(token.getIssuer(), token.getSubject(), primaryIssuer);
        return new Bearer(
                id,
                identity.hasRole(PLATFORM_ADMIN),
                pseudonyms.of(id),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static boolean isProviderFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OIDCException || cause instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }

    private static Problem providerUnavailable(Throwable failure) {
        LOG.warnf("The OIDC provider is unreachable: %s", failure.getMessage());
        return ProblemKind.IDENTITY_PROVIDER_AWAY.because("The identity provider cannot be reached; retry shortly.");
    }

    private static Problem refused(Throwable failure) {
        if (failure instanceof AuthenticationFailedException) {
            LOG.debugf("Token refused: %s", failure.getMessage());
        } else {
            LOG.warnf("Token refused: %s", failure);
        }
        return InvalidToken.because(
                "The bearer token is invalid: expired, for another audience or issuer, or with a wrong signature.");
    }
}
