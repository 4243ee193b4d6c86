package io.tradosphere.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The objects of Kubernetes as fabric8's types, and Strimzi's as its own. These keep what they do not know in a map, which this class looks for. */
final class KubernetesTypes {

    private static final String LEFT_OVER = "additionalProperties";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 CronJob", CronJob.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

    private KubernetesTypes() {}

    /** The fields of an object that its type does not know; or the object itself when there is no such type. */
    static List<String> unknownFields(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        if (!TYPES.containsKey(kind)) {
            return List.of(kind);
        }
        List<String> unknown = new ArrayList<>();
        try {
            collect(JSON.treeToValue(object, TYPES.get(kind)), "", unknown);
        } catch (JsonProcessingException wrong) {
            unknown.add(wrong.getOriginalMessage());
        } catch (IllegalAccessException closed) {
            throw new AssertionError(closed);
        }
        return unknown;
    }

    private static void collect(Object value, String path, List<String> unknown) throws IllegalAccessException {
        if (value instanceof Collection<?> values) {
            for (Object one : values) {
                collect(one, path, unknown);
            }
        } else if (value instanceof Map<?, ?> values) {
            for (Map.Entry<?, ?> one : values.entrySet()) {
                collect(one.getValue(), path + "/" + one.getKey(), unknown);
            }
        } else if (value != null
                && value.getClass().getName().matches("io[.](fabric8|strimzi)[.].*")
                && !value.getClass().isEnum()) {
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers())) {
                        continue;
                    }
                    field.setAccessible(true);
                    if (!field.getName().equals(LEFT_OVER)) {
                        collect(field.get(value), path + "/" + field.getName(), unknown);
                    } else if (field.get(value) instanceof Map<?, ?> left) {
                        left.keySet().forEach(name -> unknown.add(path + "/" + name));
                    }
                }
            }
        }
    }
}
