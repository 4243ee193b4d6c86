package io.tradosphere.gateway.body;

import io.tradosphere.gateway.http.RequestIds;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One request body that is arriving. It is kept in memory while it is small, and in a temporary file beyond that. All
 * methods run on the event loop of the client's connection.
 */
final class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class);
    private static final long CHECK_MILLIS = 1_000;

    private final BodyReceiver receiver;
    private final HttpServerRequest request;
    private final long limit;
    private final String address;
    private final long start = System.nanoTime();
    private final Promise<ReceivedBody> result = Promise.promise();
    private Buffer memory = Buffer.buffer();
    private AsyncFile file;
    private FileBody stored;
    private long received;
    private long reservedMemory;
    private long reservedDisk;
    private int pendingWrites;
    private boolean ended;
    private boolean slow;
    private boolean done;
    private long timer;

    Reception(BodyReceiver receiver, HttpServerRequest request, long limit, String address) {
        this.receiver = receiver;
        this.request = request;
        this.limit = limit;
        this.address = address;
    }

    Future<ReceivedBody> begin() {
        request.exceptionHandler(this::fail);
        request.handler(this::receive);
        request.endHandler(end -> {
            ended = true;
            succeedWhenComplete();
        });
        timer = receiver.vertx().setPeriodic(CHECK_MILLIS, again -> checkPace());
        return result.future();
    }

    private void receive(Buffer piece) {
        if (done) {
            return;
        }
        received += piece.length();
        if (received > limit) {
            refuse(BodyReceiver.tooLarge(limit));
        } else if (file != null) {
            write(piece);
        } else if (received <= receiver.config().inMemory().asLongValue() && reserveMemory(piece.length())) {
            memory.appendBuffer(piece);
        } else {
            openFile(piece);
        }
    }

    private boolean reserveMemory(int bytes) {
        if (!receiver.memory().reserve(bytes)) {
            return false;
        }
        reservedMemory += bytes;
        return true;
    }

    private void openFile(Buffer next) {
        request.pause();
        FileSystem files = receiver.vertx().fileSystem();
        files.createTempFile("tradosphere-body-", null, "rw-------")
                .compose(path -> files.open(path, new OpenOptions())
                        // The open file stays usable, and nothing remains after a crash.
                        .eventually(() -> files.delete(path)))
                .onSuccess(opened -> {
                    if (done) {
                        opened.close();
                        return;
                    }
                    file = opened;
                    Buffer beginning = memory;
                    memory = Buffer.buffer();
                    receiver.memory().release(reservedMemory);
                    reservedMemory = 0;
                    write(beginning.appendBuffer(next));
                    request.resume();
                })
                .onFailure(this::failToStore);
    }

    private void write(Buffer piece) {
        if (!receiver.disk().reserve(piece.length())) {
            refuse(ProblemKind.SERVICE_UNAVAILABLE.because(
                    "Too many large request bodies are arriving at once. Try again later."));
            return;
        }
        reservedDisk += piece.length();
        pendingWrites++;
        file.write(piece)
                .onSuccess(written -> {
                    pendingWrites--;
                    succeedWhenComplete();
                })
                .onFailure(this::failToStore);
        if (file.writeQueueFull()) {
            request.pause();
            file.drainHandler(drained -> request.resume());
        }
    }

    private void failToStore(Throwable failure) {
        LOG.errorf(failure, "The body of request %s could not be stored", RequestIds.of(request));
        refuse(ProblemKind.INTERNAL_ERROR.because("The gateway's log has the cause."));
    }

    private void succeedWhenComplete() {
        if (done || !ended || pendingWrites > 0) {
            return;
        }
        finish();
        if (file == null) {
            result.complete(new ReceivedBody(Body.body(memory), true, this::release));
        } else {
            file.setReadPos(0);
            stored = new FileBody(file);
            result.complete(new ReceivedBody(Body.body(stored, received), false, this::release));
        }
    }

    /** A body must keep the least rate on average, after a grace period, and end before its deadline. */
    private void checkPace() {
        if (!slow) {
            if (!receiver.becameSlow(address)) {
                refuse(ProblemKind.RATE_LIMITED.because(
                        "Too many slow request bodies of this address are arriving at once. Try again later."));
                return;
            }
            slow = true;
        }
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        long counted = elapsed - receiver.config().grace().toMillis();
        boolean tooSlow =
                counted > 0 && received < receiver.config().leastRate().asLongValue() * counted / 1_000;
        if (tooSlow || elapsed > receiver.config().deadline().toMillis()) {
            refuse(ProblemKind.REQUEST_TIMEOUT.because("The request body arrived too slowly. Try again."));
        }
    }

    private void refuse(Problem problem) {
        fail(new BodyRefused(problem));
    }

    private void fail(Throwable failure) {
        if (!done) {
            finish();
            release();
            result.fail(failure);
        }
    }

    private void finish() {
        done = true;
        receiver.vertx().cancelTimer(timer);
        if (slow) {
            receiver.slowEnded(address);
        }
    }

    private void release() {
        receiver.memory().release(reservedMemory);
        receiver.disk().release(reservedDisk);
        reservedMemory = 0;
        reservedDisk = 0;
        if (stored != null) {
            stored.close();
        } else if (file != null) {
            file.close();
        }
    }
}
