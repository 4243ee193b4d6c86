package io.tradosphere.streaming.agora;

import io.tradosphere.platform.text.Hmac;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Agora's AccessToken2, as Agora publishes its format: {@code 007} and the Base64 of the deflated bytes. These are an
 * HMAC-SHA256 and what it signs: project, times, salt, and one service with its privileges. Numbers are little-endian, a text
 * is its length in two bytes and UTF-8.
 *
 * @param channel the one channel that it is for
 * @param user the one user id that may use it, from 1 to 2^32 - 1
 * @param role what its holder may do
 * @param issued when it begins, in whole seconds
 * @param lifetime how long it lasts, in whole seconds
 * @param salt a random number, which makes every token another
 */
record AccessToken(String channel, long user, AgoraRole role, Instant issued, Duration lifetime, int salt) {

    private static final String VERSION = "007";
    private static final int REAL_TIME_COMMUNICATION = 1;
    private static final int MAX_BYTES = 1_024;

    /** The token, signed with the project's certificate. */
    String sign(String appId, String certificate) {
        byte[] content = content(appId);
        byte[] key = Hmac.of(number(salt), Hmac.of(number((int) issued.getEpochSecond()), utf8(certificate)));
        byte[] signature = Hmac.of(key, content);
        ByteBuffer signed = buffer();
        signed.putShort((short) signature.length).put(signature).put(content);
        return VERSION + Base64.getEncoder().encodeToString(deflated(signed));
    }

    private byte[] content(String appId) {
        int seconds = Math.toIntExact(lifetime.toSeconds());
        ByteBuffer content = buffer();
        text(content, appId);
        content.putInt((int) issued.getEpochSecond()).putInt(seconds).putInt(salt);
        content.putShort((short) 1).putShort((short) REAL_TIME_COMMUNICATION);
        List<Integer> privileges = role.privileges();
        content.putShort((short) privileges.size());
        for (int privilege : privileges) {
            content.putShort((short) privilege).putInt(seconds);
        }
        text(content, channel);
        text(content, String.valueOf(user));
        return bytes(content);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void text(ByteBuffer buffer, String text) {
        byte[] bytes = utf8(text);
        buffer.putShort((short) bytes.length).put(bytes);
    }

    private static byte[] number(int number) {
        return bytes(buffer().putInt(number));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.flip().get(bytes);
        return bytes;
    }

    private static byte[] deflated(ByteBuffer written) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes(written));
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] part = new byte[MAX_BYTES];
            while (!deflater.finished()) {
                deflated.write(part, 0, deflater.deflate(part));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
