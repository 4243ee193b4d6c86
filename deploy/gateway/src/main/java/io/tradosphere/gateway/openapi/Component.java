package io.tradosphere.gateway.openapi;

/**
 * Where a reusable part of an OpenAPI document stands.
 *
 * @param section such as {@code schemas}
 * @param name its name there
 */
record Component(String section, String name) {

    private static final String ROOT = "#/components/";

    /** How it is referred to. */
    String pointer() {
        return ROOT + section + "/" + name;
    }

    Component renamed(String newName) {
        return new Component(section, newName);
    }

    /** What a reference points at; null when that isn't a component of the same document. */
    static Component at(String pointer) {
        if (!pointer.startsWith(ROOT)) {
            return null;
        }
        int slash = pointer.indexOf('/', ROOT.length());
        return slash < 0
                ? null
                : new Component(pointer.substring(ROOT.length(), slash), firstSegment(pointer, slash + 1));
    }

    /** A pointer may lead on into the component. */
    private static String firstSegment(String pointer, int from) {
        int slash = pointer.indexOf('/', from);
        return slash < 0 ? pointer.substring(from) : pointer.substring(from, slash);
    }
}
