package dev.keybound.interop.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.stereotype.Component;

/**
 * The key of this process: made when it starts, gone when it ends, and never written anywhere. All users of this client share
 * it, as all of them trust it with their tokens; a client that keeps tokens over a restart has to keep the key with them.
 */
@Component
class DpopKey {

	private final ECKey key;

	DpopKey() throws JOSEException {
		this.key = new ECKeyGenerator(Curve.P_256).generate();
	}

	/** What a token is bound to: {@code cnf.jkt}, {@code dpop_jkt}. */
	String thumbprint() {
		try {
			return this.key.computeThumbprint().toString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * One proof for one request (RFC 9449 §4.2).
	 * @param accessToken the token that goes along, or {@code null} at the token endpoint
	 * @param nonce the last one that this server gave, or {@code null}
	 */
	String proof(String method, URI uri, String accessToken, String nonce) {
		JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt"))
			.jwk(this.key.toPublicJWK())
			.build();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().jwtID(UUID.randomUUID().toString())
			.claim("htm", method)
			.claim("htu", withoutQuery(uri))
			.issueTime(new Date())
			.claim("ath", (accessToken != null) ? hash(accessToken) : null)
			.claim("nonce", nonce)
			.build();
		try {
			SignedJWT proof = new SignedJWT(header, claims);
			proof.sign(new ECDSASigner(this.key));
			return proof.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String withoutQuery(URI uri) {
		return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
	}

	private static String hash(String accessToken) {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			return Base64URL.encode(sha256.digest(accessToken.getBytes(StandardCharsets.US_ASCII))).toString();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
