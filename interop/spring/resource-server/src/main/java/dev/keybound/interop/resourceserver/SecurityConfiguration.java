package dev.keybound.interop.resourceserver;

import java.time.Clock;
import java.util.List;

import dev.keybound.interop.resourceserver.byhand.DpopProofFilter;
import dev.keybound.interop.resourceserver.byhand.DpopProofVerifier;
import dev.keybound.interop.resourceserver.byhand.UsedProofs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

import static org.springframework.security.config.Customizer.withDefaults;

/** One resource: guarded by Spring Security's own DPoP support, by the same with a ledger that nodes share, and by a filter that shows what such support does. */
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

	/** Several nodes: the validator of used proofs gets a cache that they share, in place of a map in the memory of each. */
	@Bean
	@Order(2)
	SecurityFilterChain bySpringOnSeveralNodes(HttpSecurity http, KeyboundProperties keybound) {
		DPoPProofJwtDecoderFactory proofs = new DPoPProofJwtDecoderFactory();
		proofs.setJwtValidatorFactory(DPoPProofJwtDecoderFactory.createDefaultJwtValidatorFactory(
				List.of(new DPoPProofReplayValidator(new SharedProofs(keybound.sharedProofs())))));
		return stateless(http.securityMatcher("/shared/**"))
			.oauth2ResourceServer((resource) -> resource.jwt(withDefaults())
				.dPoP(withDefaults())
				.withObjectPostProcessor(new ObjectPostProcessor<DPoPAuthenticationProvider>() {
					@Override
					public <O extends DPoPAuthenticationProvider> O postProcess(O provider) {
						provider.setDPoPProofVerifierFactory(proofs);
						return provider;
					}
				}))
			.build();
	}

	/** {@code dPoP(...)} is what makes it: without that line Spring refuses every bound token. */
	@Bean
	@Order(3)
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
