package dev.keybound.interop.resourceserver.byhand;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * Judges a proof by RFC 9449 §4.3, cheap checks first. ES256 alone. Does not check: a nonce, and the {@code htu} in another
 * spelling (RFC 3986 §6.2.2), which a client that copies the URL it calls has no reason to send.
 */
public class DpopProofVerifier {

	private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

	private static final Duration LIFETIME = Duration.ofSeconds(20);

	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

	private final Clock clock;

	private final UsedProofs used;

	public DpopProofVerifier(Clock clock, UsedProofs used) {
		this.clock = clock;
		this.used = used;
	}

	/** A proof that is good for one request and has not been counted as used yet. */
	public record VerifiedProof(String thumbprint, String jti, Instant acceptableUntil) {
	}

	public VerifiedProof verify(String proof, String method, String url, String accessToken) {
		try {
			SignedJWT jwt = SignedJWT.parse(proof);
			ECKey key = readKey(jwt.getHeader());
			JWTClaimsSet claims = jwt.getJWTClaimsSet();
			require(claims.getJWTID() != null && claims.getIssueTime() != null, "jti and iat are needed");
			require(method.equals(claims.getStringClaim("htm")), "htm is not the method of the request");
			require(url.equals(withoutQuery(claims.getStringClaim("htu"))), "htu is not the URL of the request");
			Instant issuedAt = claims.getIssueTime().toInstant();
			requireNow(issuedAt);
			require(hash(accessToken).equals(claims.getStringClaim("ath")), "ath is not the hash of the token");
			require(jwt.verify(new ECDSAVerifier(key)), "the signature does not verify");
			return new VerifiedProof(key.computeThumbprint().toString(), claims.getJWTID(), issuedAt.plus(LIFETIME));
		}
		catch (ParseException | JOSEException ex) {
			throw new DpopException("invalid_dpop_proof", "the proof is not a well-formed JWT");
		}
	}

	/** One write decides: of two requests with the same proof, at the same time even, one gets through. */
	public void remember(VerifiedProof proof) {
		require(this.used.remember(proof.thumbprint(), proof.jti(), proof.acceptableUntil()), "the proof was used before");
	}

	private static ECKey readKey(JWSHeader header) {
		require(TYPE.equals(header.getType()), "typ is not dpop+jwt");
		require(JWSAlgorithm.ES256.equals(header.getAlgorithm()), "alg is not ES256");
		require(header.getJWK() instanceof ECKey key && !key.isPrivate(), "jwk is not a public EC key");
		return (ECKey) header.getJWK();
	}

	private void requireNow(Instant issuedAt) {
		Instant now = this.clock.instant();
		require(!issuedAt.isBefore(now.minus(LIFETIME)) && !issuedAt.isAfter(now.plus(CLOCK_TOLERANCE)),
				"iat is too old or too far ahead");
	}

	private static String withoutQuery(String htu) {
		return (htu != null) ? htu.replaceFirst("[?#].*", "") : null;
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

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new DpopException("invalid_dpop_proof", otherwise);
		}
	}

}
