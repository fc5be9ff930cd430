package dev.keybound.interop.resourceserver;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose tokens are accepted, and where this server is reached.
 *
 * @param issuer the authorization server, as its metadata spells it
 * @param audience the resource identifier that a token must name
 * @param publicUrl scheme, host and port under which clients know this server
 */
@ConfigurationProperties("keybound")
public record KeyboundProperties(String issuer, String audience, String publicUrl) {
}
