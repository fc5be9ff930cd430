package dev.keybound.interop.client;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;

/**
 * What this client is told of Keybound beside its registrations.
 *
 * @param profile the protected resource
 * @param serviceKey a file with the private JWK that the client {@code service} authenticates with
 * @param refreshBeforeExpiry how long before its end a token is refreshed
 */
@ConfigurationProperties("keybound")
public record KeyboundProperties(URI profile, Resource serviceKey, Duration refreshBeforeExpiry) {
}
