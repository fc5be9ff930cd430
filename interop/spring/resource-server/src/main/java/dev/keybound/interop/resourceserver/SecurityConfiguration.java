package dev.keybound.interop.resourceserver;

import java.time.Clock;

import dev.keybound.interop.resourceserver.byhand.DpopProofFilter;
import dev.keybound.interop.resourceserver.byhand.DpopProofVerifier;
import dev.keybound.interop.resourceserver.byhand.UsedProofs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

import static org.springframework.security.config.Customizer.withDefaults;

/** One resource twice: guarded by Spring Security's own DPoP support, and by a filter that shows what such support does. */
@Configuration
class SecurityConfiguration {

	/** Keybound's tokens are those of RFC 9068, {@code typ: at+jwt}; Spring's default decoder takes {@code JWT} alone. */
	@Bean
	JwtDecoder jwtDecoder(KeyboundProperties keybound) {
		return new SupplierJwtDecoder(() -> {
			NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(keybound.issuer()).validateType(false).build();
			decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
				.issuer(keybound.issuer())
				.audience(keybound.audience())
				.build());
			return decoder;
		});
	}

	@Bean
	@Order(1)
	SecurityFilterChain byHand(HttpSecurity http, JwtDecoder jwtDecoder, KeyboundProperties keybound) {
		Clock clock = Clock.systemUTC();
		DpopProofVerifier proofs = new DpopProofVerifier(clock, new UsedProofs(clock));
		return stateless(http.securityMatcher("/by-hand/**"))
			.addFilterBefore(new DpopProofFilter(keybound.publicUrl(), jwtDecoder, proofs), AuthorizationFilter.class)
			.build();
	}

	/** {@code dPoP(...)} is what makes it: without that line Spring refuses every bound token. */
	@Bean
	@Order(2)
	SecurityFilterChain bySpring(HttpSecurity http) {
		return stateless(http)
			.oauth2ResourceServer((resource) -> resource.jwt(withDefaults()).dPoP(withDefaults()))
			.build();
	}

	private static HttpSecurity stateless(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().hasAuthority("SCOPE_profile"))
			.csrf((csrf) -> csrf.disable())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
	}

}
