package io.tradosphere.streaming.webhook;

/**
 * The answer that Agora wants.
 *
 * @param noticeId the id of the notice that was received
 */
record NoticeReceived(String noticeId) {}
