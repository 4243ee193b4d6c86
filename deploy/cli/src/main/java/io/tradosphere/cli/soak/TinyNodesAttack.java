package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Anonymous PATCH requests whose body is a megabyte of tiny JSON nodes. Parsed into a tree, they would exhaust the heap. */
final class TinyNodesAttack implements Attack {

    private static final String BODY = "[" + "[],".repeat(330_000) + "[]]";

    private final Gateway gateway;
    private final Map<String, LongAdder> responses = new ConcurrentSkipListMap<>();

    TinyNodesAttack(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "anonymous PATCH of tiny nodes";
    }

    @Override
    public void run() throws InterruptedException {
        while (!Thread.interrupted()) {
            responses.computeIfAbsent(send(), kind -> new LongAdder()).increment();
            Thread.sleep(20);
        }
    }

    private String send() {
        try {
            return String.valueOf(
                    gateway.send("PATCH", "/v1/profiles/me", null, BODY).status());
        } catch (StackException closed) {
            return "closed";
        }
    }

    @Override
    public String result() {
        return new TreeMap<>(responses).toString();
    }

    @Override
    public String breach() {
        return responses.keySet().stream().anyMatch(status -> status.startsWith("2")) ? "a PATCH was accepted" : "";
    }
}
