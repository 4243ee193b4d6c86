package io.tradosphere.streaming.recording;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A recording that has just begun.
 *
 * @param agoraRecordingId Agora's id of the recording
 * @param startedAt when it began
 */
@Schema(name = "Recording")
record RecordingView(String agoraRecordingId, Instant startedAt) {}
