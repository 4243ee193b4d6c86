package io.tradosphere.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** A gzip stream at a low level. Higher levels cost much more CPU for little less size. */
final class FastGzip extends GZIPOutputStream {

    private static final int LEVEL = 3;

    FastGzip(OutputStream out) throws IOException {
        super(out, 4_096);
        def.setLevel(LEVEL);
    }
}
