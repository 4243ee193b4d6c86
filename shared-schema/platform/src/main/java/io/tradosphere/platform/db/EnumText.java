package io.tradosphere.platform.db;

import java.util.Locale;

/** Enum constants as text: columns and JSON have the constant's name in lower case, such as {@code gladiator}. */
public final class EnumText {

    private EnumText() {}

    /** The text of a constant; null stays null. */
    public static String of(Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant of a text; null stays null.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String text) {
        return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}
