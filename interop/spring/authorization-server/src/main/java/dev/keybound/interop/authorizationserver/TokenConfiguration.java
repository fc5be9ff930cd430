package dev.keybound.interop.authorizationserver;

import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** DPoP needs no configuration here: a token request with a proof gets a bound token. Its other claims need some. */
@Configuration
class TokenConfiguration {

	@Bean
	JWKSource<SecurityContext> signingKey() throws JOSEException {
		return new ImmutableJWKSet<>(new JWKSet(
				new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).keyUse(KeyUse.SIGNATURE).generate()));
	}

	/** Spring's access tokens are older than RFC 9068: this makes of them what that RFC and Keybound's resource server ask for. */
	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> rfc9068(@Value("${keybound.audience}") String audience) {
		return (token) -> {
			token.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
			String clientId = token.getRegisteredClient().getClientId();
			if (!OAuth2TokenType.ACCESS_TOKEN.equals(token.getTokenType()) || clientId.equals("as-spring-does")) {
				return;
			}
			token.getJwsHeader().type("at+jwt");
			token.getClaims()
				.audience(List.of(audience))
				.claim("client_id", clientId)
				.claim("scope", String.join(" ", token.getAuthorizedScopes()));
		};
	}

}
