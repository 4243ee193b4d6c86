package io.tradosphere.streaming.watch;

/**
 * A live stream that the caller may watch.
 *
 * @param channel the name of Agora's channel
 * @param isCreator whether it is the caller's own
 */
public record Watching(String channel, boolean isCreator) {}
