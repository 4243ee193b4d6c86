package io.tradosphere.gateway;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A raw connection that sends exactly the given bytes. Ordinary clients normalise paths and refuse to send invalid
 * requests.
 */
final class RawConnection implements Closeable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /**
     * A raw response.
     *
     * @param status of the status line
     * @param headers as sent, lines of {@code name: value}
     * @param body decoded from its chunks, if any
     */
    record Response(int status, List<String> headers, byte[] body) {

        /** Null when absent. */
        String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        JsonObject json() {
            return new JsonObject(text());
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    RawConnection(URI base) {
        try {
            socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = socket.getInputStream();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Requests a target exactly as given, on a new connection. */
    static Response get(URI base, String target, String... headers) {
        return exchange(base, "GET", target, headers);
    }

    /** Sends a request without a body, on a new connection. */
    static Response exchange(URI base, String method, String target, String... headers) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(method + " " + target + " HTTP/1.1\r\nHost: gateway.example\r\n" + lines(headers) + "\r\n");
            return connection.read(method.equals("HEAD"));
        }
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    /** Sends each character as one byte. */
    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Response read(boolean withoutBody) {
        try {
            int status = Integer.parseInt(readLine().split(" ")[1]);
            List<String> headers = new ArrayList<>();
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                headers.add(line);
            }
            Response head = new Response(status, headers, new byte[0]);
            return withoutBody ? head : new Response(status, headers, readBody(head));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private byte[] readBody(Response head) throws IOException {
        if ("chunked".equals(head.header("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
                body.write(chunk);
            }
            return body.toByteArray();
        }
        String length = head.header("content-length");
        return length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    }

    /** The next chunk of a chunked body; empty at its end. */
    byte[] readChunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(readLine(), 16));
        readLine();
        return chunk;
    }

    /** Whether the peer has closed the connection, once everything it sent has been read. */
    boolean isClosedByPeer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends nothing more. */
    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the gateway closed the connection after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
