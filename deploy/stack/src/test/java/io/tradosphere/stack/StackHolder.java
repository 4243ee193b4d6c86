package io.tradosphere.stack;

import io.tradosphere.stack.postgres.Durability;
import java.util.concurrent.CountDownLatch;

/** Starts a stack, prints its pids, and waits to be killed. */
final class StackHolder {

    private StackHolder() {}

    public static void main(String[] args) throws InterruptedException {
        LocalStack stack = LocalStack.start(Durability.FAST);
        System.out.println(stack.postgres().pid() + " " + stack.kafka().pid() + " "
                + stack.oidc().pid());
        new CountDownLatch(1).await();
    }
}
