package dev.keybound.interop.resourceserver.byhand;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.keybound.interop.resourceserver.byhand.DpopProofVerifier.VerifiedProof;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request through only with a bound access token and a proof by its key (RFC 9449 §7.1). The counterpart of
 * {@code protectResource} in Keybound's resource-server, in the same order; it asks for no nonces.
 */
public class DpopProofFilter extends OncePerRequestFilter {

	private static final Pattern DPOP_SCHEME = Pattern.compile("(?i:DPoP) +([A-Za-z0-9._~+/-]+=*)");

	private final String publicUrl;

	private final JwtDecoder accessTokens;

	private final DpopProofVerifier proofs;

	private final JwtAuthenticationConverter authentications = new JwtAuthenticationConverter();

	/** @param publicUrl what clients call this server; the Host header, which a client chooses, is never asked */
	public DpopProofFilter(String publicUrl, JwtDecoder accessTokens, DpopProofVerifier proofs) {
		this.publicUrl = publicUrl;
		this.accessTokens = accessTokens;
		this.proofs = proofs;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(this.authentications.convert(authenticate(request)));
			SecurityContextHolder.setContext(context);
		}
		catch (DpopException refusal) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, refusal.challenge());
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
			return;
		}
		chain.doFilter(request, response);
	}

	private Jwt authenticate(HttpServletRequest request) {
		String accessToken = readAccessToken(request);
		VerifiedProof proof = this.proofs.verify(onlyHeader(request, "DPoP", "invalid_dpop_proof"), request.getMethod(),
				this.publicUrl + request.getRequestURI(), accessToken);
		Jwt token = decode(accessToken);
		// The thumbprint against cnf.jkt (RFC 9449 §6): the token says which key may use it.
		Map<String, Object> confirmation = token.getClaimAsMap("cnf");
		if (confirmation == null || !Objects.equals(confirmation.get("jkt"), proof.thumbprint())) {
			throw new DpopException("invalid_token", "the token is not bound to the key of the proof");
		}
		// Last, because it is the only step that changes anything.
		this.proofs.remember(proof);
		return token;
	}

	private static String readAccessToken(HttpServletRequest request) {
		Matcher authorization = DPOP_SCHEME.matcher(onlyHeader(request, HttpHeaders.AUTHORIZATION, "invalid_token"));
		if (!authorization.matches()) {
			throw new DpopException("invalid_token", "the token has to come with the DPoP scheme");
		}
		return authorization.group(1);
	}

	private static String onlyHeader(HttpServletRequest request, String name, String error) {
		List<String> values = Collections.list(request.getHeaders(name));
		if (values.size() != 1) {
			throw new DpopException(error, "exactly one " + name + " header is needed");
		}
		return values.get(0);
	}

	private Jwt decode(String accessToken) {
		try {
			return this.accessTokens.decode(accessToken);
		}
		catch (JwtException ex) {
			throw new DpopException("invalid_token", "the token is not valid here");
		}
	}

}
