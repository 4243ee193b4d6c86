package io.tradosphere.gateway.proxy;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/**
 * A client's request as the proxy library sees it. The library resets an answer from within the write that failed,
 * when the client has left; Netty's encoder isn't made to be entered twice and then releases a buffer that may be
 * somebody else's already. Here a reset waits until that write has returned.
 */
final class Client extends HttpServerRequestWrapper {

    private final HttpServerResponse response;

    Client(HttpServerRequest request, Vertx vertx) {
        super((HttpServerRequestInternal) request);
        this.response = new Answer(request.response(), vertx);
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    private static final class Answer extends AbstractResponseWrapper {

        private final HttpServerResponse answer;
        private final Vertx vertx;

        Answer(HttpServerResponse answer, Vertx vertx) {
            super(answer);
            this.answer = answer;
            this.vertx = vertx;
        }

        @Override
        public boolean reset() {
            return reset(0);
        }

        @Override
        public boolean reset(long code) {
            vertx.runOnContext(later -> answer.reset(code));
            return true;
        }
    }
}
