package io.tradosphere.streaming.agora;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The settings of the Agora project. */
@ConfigMapping(prefix = "tradosphere.agora")
public interface AgoraConfig {

    /** The project's id, which clients need too. */
    String appId();

    /** The secret that tokens are signed with; empty when the service has none, which is for development. */
    Optional<String> appCertificate();

    /** The secrets of the notifications. */
    Optional<List<String>> notificationSecrets();

    /** How long a token lasts, in minutes. */
    int tokenMinutes();

    /** The address of Agora's REST API, or that of its fake. */
    String apiBase();

    /** The user of the REST API. */
    Optional<String> customerKey();

    /** The password of the REST API. */
    Optional<String> customerSecret();

    /** Where recordings are stored. */
    Storage storage();

    /** The bucket for recordings. */
    interface Storage {

        /** Agora's number of the cloud. */
        Optional<Integer> vendor();

        /** Agora's number of the region within that cloud. */
        Optional<Integer> region();

        /** The bucket's name. */
        Optional<String> bucket();

        /** The access key of the bucket. */
        Optional<String> accessKey();

        /** The secret key of the bucket. */
        Optional<String> secretKey();
    }
}
