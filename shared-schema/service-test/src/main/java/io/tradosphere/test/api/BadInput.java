package io.tradosphere.test.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Generates invalid variants of a valid request. Deterministic for each operation. */
final class BadInput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RANDOM_BODIES = 12;

    private BadInput() {}

    /** All variants for one operation; those with invalid callers come first. */
    static List<RawRequest> of(ApiOperation operation, RawRequest right) {
        List<RawRequest> bad = new ArrayList<>();
        callers(right, bad);
        paths(operation, right, bad);
        queries(operation, right, bad);
        BadValues.HEADERS.forEach(
                header -> bad.add(right.being("header " + header.getKey() + " " + shown(header.getValue()))
                        .with(header.getKey(), header.getValue())));
        for (String method : List.of("TRACE", "OPTIONS", "HEAD", "PATCH", "PUT", "POST", "DELETE", "BREW")) {
            if (!method.equals(operation.method())) {
                bad.add(right.being("method " + method).by(method));
            }
        }
        if (operation.hasBody()) {
            bodies(operation, right, bad);
        } else {
            bad.add(right.being("an unexpected body")
                    .with("Content-Type", "application/json")
                    .with("{".getBytes(StandardCharsets.UTF_8)));
        }
        return bad;
    }

    private static void callers(RawRequest right, List<RawRequest> bad) {
        bad.add(right.being("no token").without("Authorization"));
        BadValues.AUTHORIZATIONS.forEach(
                value -> bad.add(right.being("authorization " + shown(value)).with("Authorization", value)));
    }

    private static void paths(ApiOperation operation, RawRequest right, List<RawRequest> bad) {
        for (String name : operation.parameters("path")) {
            String before = operation.path().substring(0, operation.path().indexOf("{" + name + "}"));
            int start =
                    (int) before.chars().filter(character -> character == '/').count();
            String[] segments = right.target().split("/", -1);
            for (String text : BadValues.TEXTS) {
                String[] changed = segments.clone();
                changed[start] = text;
                bad.add(right.being("path " + name + " " + shown(text)).to(String.join("/", changed)));
            }
        }
        bad.add(right.being("two slashes").to("/" + right.target()));
        bad.add(right.being("a slash at the end").to(right.target() + "/"));
        bad.add(right.being("a matrix parameter").to(right.target() + ";a=b"));
        bad.add(right.being("a dot segment").to(right.target() + "/."));
        bad.add(right.being("a very long path").to(right.target() + "/" + "x".repeat(5_000)));
    }

    private static void queries(ApiOperation operation, RawRequest right, List<RawRequest> bad) {
        for (String name : operation.parameters("query")) {
            List<String> values = new ArrayList<>(BadValues.TEXTS);
            values.addAll(name.equals("cursor") ? BadValues.CURSORS : List.of());
            values.addAll(name.equals("limit") ? BadValues.LIMITS : List.of());
            for (String value : values) {
                bad.add(right.being("query " + name + " " + shown(value))
                        .to(right.target() + "?" + name + "=" + value));
            }
            bad.add(right.being("query " + name + " twice").to(right.target() + "?" + name + "=a&" + name + "=b"));
            bad.add(right.being("query " + name + " bare").to(right.target() + "?" + name));
        }
        bad.add(right.being("an unknown query parameter").to(right.target() + "?noSuch=%00&=&&%"));
    }

    private static void bodies(ApiOperation operation, RawRequest right, List<RawRequest> bad) {
        bad.add(right.being("no body").with((byte[]) null));
        BadValues.MEDIA_TYPES.forEach(
                type -> bad.add(right.being("content type " + shown(type)).with("Content-Type", type)));
        bad.add(right.being("no content type").without("Content-Type"));
        BadValues.BODIES.forEach(
                body -> bad.add(right.being("body " + shown(body)).with(body.getBytes(StandardCharsets.UTF_8))));
        bad.add(right.being("a body that is not UTF-8")
                .with(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, (byte) 0x28, '"', '}'}));
        bad.add(right.being("a body in UTF-16").with("{\"a\":1}".getBytes(StandardCharsets.UTF_16)));
        bad.add(right.being("a body of 1.5 MB")
                .with(("{\"a\":\"" + "x".repeat(1_500_000) + "\"}").getBytes(StandardCharsets.UTF_8)));
        fields(right, bad);
        random(operation, right, bad);
    }

    /** Each field of the example with every kind of value, absent and duplicated. */
    private static void fields(RawRequest right, List<RawRequest> bad) {
        JsonNode example = read(right.body());
        if (!example.isObject()) {
            return;
        }
        example.fieldNames().forEachRemaining(field -> {
            for (String value : BadValues.VALUES) {
                ObjectNode changed = example.deepCopy();
                changed.put(field, "\u0001");
                String body = changed.toString().replace("\"\\u0001\"", value);
                bad.add(right.being("field " + field + " " + shown(value)).with(body.getBytes(StandardCharsets.UTF_8)));
            }
            ObjectNode fewer = example.deepCopy();
            fewer.remove(field);
            bad.add(right.being("without field " + field).with(fewer.toString().getBytes(StandardCharsets.UTF_8)));
            String twice = "{\"" + field + "\":0," + example.toString().substring(1);
            bad.add(right.being("field " + field + " twice").with(twice.getBytes(StandardCharsets.UTF_8)));
        });
        ObjectNode more = example.deepCopy();
        more.put("noSuchField", 1);
        bad.add(right.being("an unknown field").with(more.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void random(ApiOperation operation, RawRequest right, List<RawRequest> bad) {
        Random random = new Random(operation.id().hashCode());
        for (int i = 0; i < RANDOM_BODIES; i++) {
            byte[] body = right.body().clone();
            if (body.length > 0) {
                for (int flips = 0; flips < 3; flips++) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
                body = Arrays.copyOf(body, 1 + random.nextInt(body.length));
            }
            bad.add(right.being("random body " + i).with(body));
        }
    }

    /** Parses a body; a missing node when it is not JSON, such as CSV. */
    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException otherwise) {
            return MissingNode.getInstance();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String shown(String value) {
        String plain = value.replaceAll("[^ -~]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
    }
}
