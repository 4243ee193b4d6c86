package io.tradosphere.test.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A raw HTTP/1.1 client that can send malformed requests. */
final class RawHttp implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final InetSocketAddress address;
    private Socket socket;
    private InputStream in;

    RawHttp(URI server) {
        this.address = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /**
     * A raw response.
     *
     * @param status the HTTP status; 0 without a response
     * @param headers by name in lower case
     */
    record Response(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Sends a request over the open connection, or over a new one when the server has closed it. */
    Response send(RawRequest request) {
        boolean reused = socket != null;
        Response response = attempt(request);
        // The server may have just closed the idle connection, so the request is sent once more.
        return response.status() == 0 && reused ? attempt(request) : response;
    }

    /** Sends the rest of a request that the server has already responded to. */
    void sendRest(byte[] rest) {
        try {
            if (socket != null) {
                socket.getOutputStream().write(rest);
                socket.getOutputStream().flush();
            }
        } catch (IOException closedByServer) {
            close();
        }
    }

    private Response attempt(RawRequest request) {
        try {
            connect();
            write(request.bytes());
            Response response = read(request.method());
            if (response.status() == 0 || response.header("connection").equalsIgnoreCase("close")) {
                close();
            }
            return response;
        } catch (IOException broken) {
            close();
            return new Response(0, Map.of(), broken.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyBroken) {
            throw new AssertionError("A socket cannot be closed", alreadyBroken);
        } finally {
            socket = null;
        }
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(address, TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    /** Ignores a write failure when a response is available: a server may refuse a request before reading it all. */
    private void write(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException refused) {
            if (in.available() == 0) {
                throw refused;
            }
        }
    }

    private Response read(String method) throws IOException {
        String statusLine = line();
        if (statusLine == null) {
            return new Response(0, Map.of(), "the connection was closed".getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
            // It has no end: the head is all that is judged.
            close();
            bodiless = true;
        }
        return new Response(status, headers, bodiless ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length")));
        }
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return headers.getOrDefault("connection", "").equals("close") ? in.readAllBytes() : new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
