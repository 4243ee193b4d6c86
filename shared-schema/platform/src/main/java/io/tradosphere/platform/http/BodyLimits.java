package io.tradosphere.platform.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A reader interceptor that enforces {@link BodyLimit} on bodies of undeclared length. {@link OperationFilter} refuses declared lengths. */
@Provider
class BodyLimits implements ReaderInterceptor {

    private final CurrentVertxRequest current;

    BodyLimits(CurrentVertxRequest current) {
        this.current = current;
    }

    static Problem exceeded(ResourceOperation operation) {
        // The unread body would be parsed as the next request.
        return ProblemKind.BODY_TOO_LARGE
                .because("The body has at most " + operation.maxBodyBytes() / 1024 + " KB, of 1,024 bytes each.")
                .withHeader(HttpHeaders.CONNECTION.toString(), "close");
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        ResourceOperation.of(current.getCurrent())
                .ifPresent(operation -> context.setInputStream(new Limited(context.getInputStream(), operation)));
        return context.proceed();
    }

    private static final class Limited extends FilterInputStream {

        private final ResourceOperation operation;
        private long left;

        Limited(InputStream body, ResourceOperation operation) {
            super(body);
            this.operation = operation;
            this.left = operation.maxBodyBytes();
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw exceeded(operation);
            }
        }
    }
}
