package dev.keybound.interop.resourceserver;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose tokens are accepted, and where this server is reached.
 *
 * @param issuer the authorization server, as its metadata spells it
 * @param audience the resource identifier that a token must name
 * @param publicUrl scheme, host and port under which clients know this server
 * @param sharedProofs the folder in which nodes remember used proofs together
 */
@ConfigurationProperties("keybound")
public record KeyboundProperties(String issuer, String audience, String publicUrl, Path sharedProofs) {
}
