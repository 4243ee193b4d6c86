/** What the services and the gateway have in common on the wire: problems, trace context, request ids and limits. */
package io.tradosphere.http;
