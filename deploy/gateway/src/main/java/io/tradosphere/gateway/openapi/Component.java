package io.tradosphere.gateway.openapi;

/**
 * The location of a reusable part in an OpenAPI document.
 *
 * @param section such as {@code schemas}
 * @param name its name in the section
 */
record Component(String section, String name) {

    private static final String ROOT = "#/components/";

    /** The target of a reference; null when it isn't a component of the same document. */
    static Component at(String pointer) {
        if (!pointer.startsWith(ROOT)) {
            return null;
        }
        int slash = pointer.indexOf('/', ROOT.length());
        return slash < 0
                ? null
                : new Component(pointer.substring(ROOT.length(), slash), firstSegment(pointer, slash + 1));
    }

    /** A pointer may continue into the component. */
    private static String firstSegment(String pointer, int from) {
        int slash = pointer.indexOf('/', from);
        return slash < 0 ? pointer.substring(from) : pointer.substring(from, slash);
    }
}
