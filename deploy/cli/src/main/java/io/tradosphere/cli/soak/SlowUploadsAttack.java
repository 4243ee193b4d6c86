package io.tradosphere.cli.soak;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Uploads over raw sockets that send a byte now and then. Each would hold a connection to a service. */
final class SlowUploadsAttack implements Attack {

    private static final int AT_ONCE = 96;
    private static final String HEAD =
            "POST /v1/profiles HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
                    + "Authorization: Bearer nobody\r\n\r\n{";

    private final URI gateway;
    private final LongAdder opened = new LongAdder();
    private final LongAdder ended = new LongAdder();

    SlowUploadsAttack(URI gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return AT_ONCE + " slow uploads";
    }

    @Override
    public void run() throws InterruptedException {
        List<Socket> uploads = new ArrayList<>();
        try {
            while (true) {
                uploads.removeIf(this::isOver);
                while (uploads.size() < AT_ONCE) {
                    uploads.add(open());
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (IOException refused) {
            // The gateway limits connections. The open ones go on.
            while (true) {
                uploads.removeIf(this::isOver);
                TimeUnit.SECONDS.sleep(1);
            }
        } finally {
            uploads.forEach(SlowUploadsAttack::close);
        }
    }

    private Socket open() throws IOException {
        Socket upload = new Socket(gateway.getHost(), gateway.getPort());
        upload.getOutputStream().write(HEAD.formatted(gateway.getAuthority()).getBytes(StandardCharsets.US_ASCII));
        opened.increment();
        return upload;
    }

    /** Sends one byte; whether the gateway has ended the upload. */
    private boolean isOver(Socket upload) {
        try {
            if (upload.getInputStream().available() == 0) {
                upload.getOutputStream().write(' ');
                return false;
            }
        } catch (IOException closed) {
            ended.increment();
            return true;
        }
        ended.increment();
        close(upload);
        return true;
    }

    private static void close(Socket upload) {
        try {
            upload.close();
        } catch (IOException alreadyClosed) {
            // Nothing is left to close.
            return;
        }
    }

    @Override
    public String result() {
        return opened.sum() + " opened, " + ended.sum() + " ended by the gateway";
    }
}
