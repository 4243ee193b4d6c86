/** Conversations: the inbox, the messages of a conversation, and read receipts. */
package io.tradosphere.messaging.conversation;
