package io.tradosphere.gateway.body;

import java.util.concurrent.atomic.AtomicLong;

/** A limit in bytes that all request bodies share. */
final class Budget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes */
    Budget(long limit) {
        this.limit = limit;
    }

    /** Reserves bytes. False, and nothing is reserved, when the limit would be exceeded. */
    boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** The bytes in use. */
    long used() {
        return used.get();
    }
}
