package dev.keybound.interop.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.client.RestClient;

/** Spring Security's client asks for tokens as ever; what is new is that its requests carry proofs. */
@Configuration
class OAuth2ClientConfiguration {

	/** For the resource. */
	@Bean
	RestClient resourceClient(DpopInterceptor dpop) {
		return withProofs(dpop).build();
	}

	@Bean
	OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeClient(DpopInterceptor dpop) {
		var client = new RestClientAuthorizationCodeTokenResponseClient();
		client.setRestClient(tokenClient(dpop));
		return client;
	}

	@Bean
	OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshClient(DpopInterceptor dpop) {
		var client = new RestClientRefreshTokenTokenResponseClient();
		client.setRestClient(tokenClient(dpop));
		return client;
	}

	/** Keybound wants its issuer, and it alone, as the audience of a client assertion; Spring writes the token URL. */
	@Bean
	OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> serviceClient(DpopInterceptor dpop,
			KeyboundProperties keybound) throws IOException, ParseException {
		JWK serviceKey = JWK.parse(keybound.serviceKey().getContentAsString(StandardCharsets.UTF_8));
		var assertion = new NimbusJwtClientAuthenticationParametersConverter<OAuth2ClientCredentialsGrantRequest>(
				(registration) -> serviceKey);
		assertion.setJwtClientAssertionCustomizer((context) -> context.getClaims()
			.audience(List.of(
					context.getAuthorizationGrantRequest().getClientRegistration().getProviderDetails().getIssuerUri())));
		var client = new RestClientClientCredentialsTokenResponseClient();
		client.addParametersConverter(assertion);
		client.setRestClient(tokenClient(dpop));
		return client;
	}

	@Bean
	RefreshTokenOAuth2AuthorizedClientProvider refresh(KeyboundProperties keybound,
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshClient) {
		var provider = new RefreshTokenOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(refreshClient);
		provider.setClockSkew(keybound.refreshBeforeExpiry());
		return provider;
	}

	/** PKCE, and {@code dpop_jkt}: the code is of no use without this process's key either (RFC 9449 §10). */
	@Bean
	SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository registrations, DpopKey key) {
		var resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations);
		resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
			.andThen((request) -> request
				.additionalParameters((parameters) -> parameters.put("dpop_jkt", key.thumbprint()))));
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.oauth2Client((client) -> client
				.authorizationCodeGrant((code) -> code.authorizationRequestResolver(resolver)))
			.build();
	}

	private static RestClient tokenClient(DpopInterceptor dpop) {
		return withProofs(dpop)
			.configureMessageConverters((converters) -> converters.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build();
	}

	private static RestClient.Builder withProofs(DpopInterceptor dpop) {
		return RestClient.builder()
			.requestFactory(new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory()))
			.requestInterceptor(dpop);
	}

}
